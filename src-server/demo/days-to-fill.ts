import { addDays } from "./calendar.ts";

/**
 * Which local days of the last `days` (today included) still want their calls: those without any, and the newest held
 * ones, which may have been cut short when the server stopped. What is held of them is told apart by its bytes.
 */
export function daysToFill(today: string, days: number, held: ReadonlySet<string>): string[] {
  const newest = [...held]
    .filter((day) => day <= today)
    .sort()
    .at(-1);
  const again = newest === undefined ? null : addDays(newest, -1);
  return Array.from({ length: days }, (_, place) => addDays(today, place - days + 1)).filter(
    (day) => !held.has(day) || (again !== null && day >= again),
  );
}
