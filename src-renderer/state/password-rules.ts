import { shortest } from "./check-new-secret.ts";

/** What the server takes, said before anybody tries. */
export const passwordRules = `At least ${shortest} characters; spaces are fine. None of the passwords known from break-ins, and not your name or e-mail address.`;
