/** Thrown when not all of an index or of the archive can be seen: nothing can be said of what is missing. The message says why. */
export class UnseenError extends Error {
  override readonly name: string = "UnseenError";
}

/** Thrown when a page of documents is larger than a response may be. */
export class PageTooLargeError extends UnseenError {
  override readonly name = "PageTooLargeError";
}

/** Thrown when an engine has too little memory for an answer, each time that it is asked. Source: OpenSearch "Circuit breaker settings". */
export class EngineMemoryError extends UnseenError {
  override readonly name = "EngineMemoryError";
}
