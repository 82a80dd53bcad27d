import type { Bucket, StoredObject } from "../archive/bucket";
import { DamagedError, ObjectError } from "../archive/outcome-errors";
import type { SourceArguments } from "./arguments/source";
import { isOfSource, type QueriedEvent, queriedEvents } from "./source";

/** Objects of which the first part, of some MiB, is read while an earlier one is consumed. */
const AHEAD = 8;

interface Begun {
  object: StoredObject;
  events: AsyncGenerator<QueriedEvent>;
  first: Promise<IteratorResult<QueriedEvent>>;
}

/**
 * Yields the selected events of objects in the order of these, in bounded memory.
 *
 * @param onDamaged gets why an object cannot be read, or not to its end; the others are
 * @throws StoppedError
 */
export async function* eventsInOrder(
  bucket: Bucket,
  objects: Iterable<StoredObject>,
  source: SourceArguments,
  onDamaged: (object: StoredObject, reason: string) => void,
): AsyncGenerator<QueriedEvent> {
  const ahead: Begun[] = [];
  async function* rest({ object, events, first }: Begun): AsyncGenerator<QueriedEvent> {
    try {
      for (let next = await first; !next.done; next = await events.next()) {
        if (isOfSource(next.value, source)) yield next.value;
      }
    } catch (error) {
      if (!(error instanceof DamagedError || error instanceof ObjectError)) throw error;
      onDamaged(object, error.message);
    }
  }
  for (const object of objects) {
    const events = queriedEvents(bucket, object, source.recordMaxBytes);
    const first = events.next();
    // It is awaited later, and until then nobody would handle it.
    first.catch(() => {});
    ahead.push({ object, events, first });
    if (ahead.length >= AHEAD) yield* rest(ahead.shift()!);
  }
  for (const begun of ahead) yield* rest(begun);
}
