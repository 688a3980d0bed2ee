import type { DeskStep } from "#shared/contract/desk-contract.ts";
import type { Hindrance } from "./door-of.ts";

/** The steps by which somebody comes to an open door. */
export type SignIn = {
  signIn: (input: { email: string; password: string }) => Promise<DeskStep>;
  signInWithProvider: (input: { provider: string }) => Promise<DeskStep>;
  secondFactor: (input: { code: string }) => Promise<DeskStep>;
  newPassword: (input: { password: string }) => Promise<DeskStep>;
  setPassphrase: (input: { passphrase: string }) => Promise<DeskStep>;
  unlock: (input: { password: string }) => Promise<DeskStep>;
  eraseAndSync: () => Promise<DeskStep>;
  /** Opens the person's data by the system's store, as at a start. Answers whether it did. */
  openByWrapper: (userId: string) => Promise<boolean>;
  hindrance: () => Hindrance | null;
  /** Whatever was begun is given up. */
  forget: () => void;
};
