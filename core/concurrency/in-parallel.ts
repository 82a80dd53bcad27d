/**
 * Calls `work` for each item, for at most `limit` items at the same time; takes the next item only when one has ended.
 * After a failure it takes no further item, and awaits those in flight.
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
  for await (const item of items) {
    const one: Promise<void> = work(item)
      .catch((error) => {
        if (!failed) failure = error;
        failed = true;
      })
      .finally(() => inFlight.delete(one));
    inFlight.add(one);
    if (inFlight.size >= limit) await Promise.race(inFlight);
    if (failed) break;
  }
  await Promise.all(inFlight);
  if (failed) throw failure;
}
