import { sessionHandlers } from "../handlers/session.ts";

/** Every verb of the contract with its handler. */
export const router = { session: sessionHandlers };
