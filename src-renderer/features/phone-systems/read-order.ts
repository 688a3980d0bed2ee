/** Field names as they are pasted: one a line, or with commas, semicolons or spaces between. Nothing is null: recognize by itself. */
export function readOrder(text: string): string[] | null {
  const names = text.split(/[\s,;]+/).filter((name) => name !== "");
  return names.length === 0 ? null : names;
}
