/** Wraps the desk's key with something that isn't kept beside the data: the system's secret store. Each shell brings what its system has. */
export type KeyWrapper = {
  wrap(secret: Buffer): Promise<Buffer>;
  /**
   * Null: wrapped by another account, another machine or a store that was reset. Where the system has a newer key, `renew` is handed the
   * secret wrapped with that one, to be kept instead. @throws an Error for people, when it may work later
   */
  unwrap(wrapped: Buffer, renew?: (wrapped: Buffer) => Promise<void>): Promise<Buffer | null>;
};
