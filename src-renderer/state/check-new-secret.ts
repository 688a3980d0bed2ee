/** The fewest characters of a password and of a passphrase; the server has the last word on passwords. */
export const shortest = 12;

/** What is wrong with a new password or passphrase written twice, by field. */
export function checkNewSecret(first: string, again: string): { first?: string; again?: string } {
  if (first.length < shortest) return { first: `Use at least ${shortest} characters.` };
  if (first !== again) return { again: "The two are not the same: write it once more." };
  return {};
}
