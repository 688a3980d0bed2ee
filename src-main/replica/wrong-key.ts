/** The replica's files are there and whole, but encrypted with another key. They can only be erased and fetched again. */
export class WrongKey extends Error {
  readonly kind = "wrongKey";
  constructor() {
    super("The data on this computer were encrypted with another key. Erase them here, then they are fetched again.");
    this.name = "WrongKey";
  }
}
