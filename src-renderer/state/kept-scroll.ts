import { type RefObject, useEffect } from "react";

/** Where each part was scrolled to, for as long as the window lives: a lock takes the screens away, and they come back as they were. */
const kept = new Map<string, number>();
/** How long content may take to grow back to its height. */
const patience = 3_000;

/** Keeps how far an element is scrolled, and goes back there when it is drawn anew under the same name. */
export function useKeptScroll(element: RefObject<HTMLElement | null>, name: string): void {
  useEffect(() => (element.current === null ? undefined : keepScroll(element.current, name)), [element, name]);
}

function keepScroll(scroller: HTMLElement, name: string): () => void {
  const wanted = kept.get(name) ?? 0;
  const until = performance.now() + patience;
  let frame = 0;
  let returning = true;
  const goBack = () => {
    if (!returning) return;
    scroller.scrollTop = wanted;
    returning = Math.abs(scroller.scrollTop - wanted) > 1 && performance.now() < until;
    if (returning) frame = requestAnimationFrame(goBack);
  };
  // Whoever scrolls meanwhile knows better.
  const stop = () => {
    returning = false;
  };
  const onScroll = () => {
    if (!returning) kept.set(name, scroller.scrollTop);
  };
  goBack();
  scroller.addEventListener("wheel", stop, { passive: true });
  scroller.addEventListener("keydown", stop);
  scroller.addEventListener("scroll", onScroll, { passive: true });
  return () => {
    cancelAnimationFrame(frame);
    scroller.removeEventListener("wheel", stop);
    scroller.removeEventListener("keydown", stop);
    scroller.removeEventListener("scroll", onScroll);
  };
}

export function forgetScroll(): void {
  kept.clear();
}
