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
  const end = () => abort.abort();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new CallTimeoutError(`no answer within ${milliseconds / 1000} s`));
      abort.abort();
    }, milliseconds);
    timer.unref();
    ended.addEventListener("abort", () => reject(new CallTimeoutError("the logger was closed")), {
      once: true,
      signal: abort.signal,
    });
    ended.addEventListener("abort", end, { once: true, signal: abort.signal });
  });
  // It may be late after the race is over.
  late.catch(() => {});
  const running = run(abort.signal);
  running.catch(() => {});
  try {
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
    ended.removeEventListener("abort", end);
  }
}
