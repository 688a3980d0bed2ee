/** Watches this process from now on: its peak memory, worker threads included, and how long its main loop was ever held up. */
export function watchProcess(): { end: () => { peakMegabytes: number; longestStall: number } } {
  const beat = 5;
  let last = performance.now();
  let longestStall = 0;
  let peak = 0;
  let beats = 0;
  const ticker = setInterval(() => {
    const now = performance.now();
    // What a timer is late by is what somebody waiting for the main loop would have waited.
    longestStall = Math.max(longestStall, now - last - beat);
    last = now;
    if (beats++ % 10 === 0) peak = Math.max(peak, process.memoryUsage.rss());
  }, beat);
  return {
    end: () => {
      clearInterval(ticker);
      return { peakMegabytes: Math.max(peak, process.memoryUsage.rss()) / 1e6, longestStall };
    },
  };
}
