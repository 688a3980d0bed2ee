const lineFeed = 10;

/** The lines of a body, each as the bytes that came, without line ends (LF or CRLF). Blank lines are no lines. */
export function splitLines(body: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let from = 0; from < body.length;) {
    const feed = body.indexOf(lineFeed, from);
    const to = feed < 0 ? body.length : feed;
    const line = trimLineEnd(body.subarray(from, to));
    if (!isBlank(line)) lines.push(line);
    from = to + 1;
  }
  return lines;
}

/** Carriage returns at the end belong to the line end, however many a relay has added. */
export function trimLineEnd(line: Buffer): Buffer {
  let end = line.length;
  while (end > 0 && line[end - 1] === 13) end--;
  return line.subarray(0, end);
}

export const isBlank = (line: Uint8Array): boolean => line.every((byte) => byte === 32 || (byte >= 9 && byte <= 13));
