/** Thrown if something takes too long. */
export class CallTimeoutError extends Error {
  override name = "TimeoutError";
}

/**
 * Runs something that may neither end nor obey its signal.
 *
 * @param ended aborts it, too
 * @throws {CallTimeoutError} after `milliseconds`
 */
export async function withinTime<T>(
  milliseconds: number,
  ended: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  let fail: (message: string) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = (message) => {
      reject(new CallTimeoutError(message));
      abort.abort();
    };
  });
  const timer = setTimeout(() => fail(`no answer within ${milliseconds / 1000} s`), milliseconds).unref();
  const end = () => fail("the logger was closed");
  ended.addEventListener("abort", end, { once: true });
  // They may fail after the race is over.
  failed.catch(() => {});
  const running = run(abort.signal);
  running.catch(() => {});
  try {
    return await Promise.race([running, failed]);
  } finally {
    clearTimeout(timer);
    ended.removeEventListener("abort", end);
  }
}
