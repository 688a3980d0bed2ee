import { powerMonitor } from "electron";

export type Lockable = { lock(why: "idle" | "person" | "system"): void };

/** The longest a clinic may allow. A shorter time is kept by the desk itself, which knows the clinic and what is done in its windows. */
const idleSeconds = 10 * 60;
const everyMs = 15_000;

/** Locks the desk when the system's screen locks, the machine sleeps, another account takes the screen, or nobody touches anything. Answers how to stop. */
export function lockWithSystem(desk: Lockable): () => void {
  const now = () => desk.lock("system");
  powerMonitor.on("lock-screen", now);
  powerMonitor.on("suspend", now);
  // macOS only: fast user switching leaves our session running behind another account's.
  powerMonitor.on("user-did-resign-active", now);
  // Linux sends no lock-screen: there the state is asked for. Elsewhere it is the second pair of eyes after a missed event.
  let last = "";
  const watch = setInterval(() => {
    const state = powerMonitor.getSystemIdleState(idleSeconds);
    if (state === last) return;
    last = state;
    if (state === "locked") desk.lock("system");
    else if (state === "idle") desk.lock("idle");
  }, everyMs);
  watch.unref();
  return () => {
    clearInterval(watch);
    powerMonitor.off("lock-screen", now);
    powerMonitor.off("suspend", now);
    powerMonitor.off("user-did-resign-active", now);
  };
}
