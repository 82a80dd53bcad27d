/** Limit for a connection, TLS handshake included, in milliseconds: a firewall that drops packets never answers. */
export const CONNECT_TIMEOUT_MS = 5_000;

/** The error of a request whose `timeoutMs` has passed: that of `AbortSignal.timeout`. */
export const timeoutError = (): DOMException =>
  new DOMException("The operation was aborted due to timeout", "TimeoutError");

/** The error of a request whose response exceeds its `maxResponseBytes`. Always the same text: reports count failures by it. */
export const tooLongError = (): Error =>
  Object.assign(new Error("the response is longer than the request's limit"), { code: "RESPONSE_TOO_LONG" });
