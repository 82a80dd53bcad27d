/** Thrown while a text is written that is longer than it may be. */
export class TooLongError extends Error {
  override name = "TooLongError";
}
