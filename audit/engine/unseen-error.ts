/** Thrown when not all of an index or of the archive can be seen: nothing can be said of what is missing. The message says why. */
export class UnseenError extends Error {
  override readonly name: string = "UnseenError";
}

/** Thrown when a page of documents is larger than a response may be. */
export class PageTooLargeError extends UnseenError {
  override readonly name = "PageTooLargeError";
}
