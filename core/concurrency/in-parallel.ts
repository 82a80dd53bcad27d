/**
 * Calls `work` for each item, for at most `limit` items at a time; pulls the next item only when there is room for it.
 * After a failure, of `work` or of `items`, it pulls no further item, and awaits those in flight.
 *
 * @throws the first failure
 */
export async function inParallel<T>(
  limit: number,
  items: Iterable<T> | AsyncIterable<T>,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const inFlight = new Set<Promise<void>>();
  let failed = false;
  let failure: unknown;
  const fail = (error: unknown) => {
    if (!failed) failure = error;
    failed = true;
  };
  try {
    for await (const item of items) {
      // An item may have failed while this one was awaited.
      if (failed) break;
      const one: Promise<void> = work(item)
        .catch(fail)
        .finally(() => inFlight.delete(one));
      inFlight.add(one);
      if (inFlight.size >= limit) await Promise.race(inFlight);
      if (failed) break;
    }
  } catch (error) {
    fail(error);
  }
  await Promise.all(inFlight);
  if (failed) throw failure;
}
