/** Keeps one secret (the session's token and what belongs to it, as text) across starts. Each shell brings the best its system has. */
export type SecretStore = {
  /** The secret, or null when there is none or it can't be read any more: then a person signs in again. */
  read(): Promise<string | null>;
  write(secret: string): Promise<void>;
  erase(): Promise<void>;
};
