/** The reason of a request that got no complete response within its time limit. */
export const TIMED_OUT = "no complete response in time";

/** Returns why a request had no response. Node.js leaves the message empty where each address of a host failed. */
export function failureReason(error: unknown): string {
  const { name, message, code } = error as NodeJS.ErrnoException;
  // Its own message, "The operation was aborted due to timeout", does not say whose.
  if (name === "TimeoutError") return TIMED_OUT;
  return message || String(code);
}
