import { shortest } from "./check-new-secret.ts";

/** What the server takes, said before anybody tries. */
export const passwordRules = `At least ${shortest} characters; spaces are fine. Best are some words that nobody else puts together. Well-known passwords, dates, rows of keys, and names of you or your clinic are refused.`;
