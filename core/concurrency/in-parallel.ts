/**
 * Calls `work` for each item, for at most `limit` at the same time; takes the next item only when there is a place.
 * After a failure no further item is taken, and what is under way is awaited.
 *
 * @throws the first failure
 */
export async function inParallel<T>(
  limit: number,
  items: Iterable<T> | AsyncIterable<T>,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const underWay = new Set<Promise<void>>();
  let failed = false;
  let failure: unknown;
  for await (const item of items) {
    const one: Promise<void> = work(item)
      .catch((error) => {
        if (!failed) failure = error;
        failed = true;
      })
      .finally(() => underWay.delete(one));
    underWay.add(one);
    if (underWay.size >= limit) await Promise.race(underWay);
    if (failed) break;
  }
  await Promise.all(underWay);
  if (failed) throw failure;
}
