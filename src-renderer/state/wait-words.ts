/** How long until it is worth trying again, as people say it: "30 seconds", "2 minutes", "1 hour". */
export function waitWords(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole <= 90) return whole === 1 ? "1 second" : `${whole} seconds`;
  if (whole <= 5400) return `${Math.ceil(whole / 60)} minutes`;
  return `${Math.ceil(whole / 3600)} hours`;
}
