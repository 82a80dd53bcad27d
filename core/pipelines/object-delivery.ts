import type { ObjectChunk } from "../sources/s3/object-chunk";
import type { ObjectPosition } from "../sources/s3/object-position";

/** Why an object is delivered no further. */
export type DeliveryEnd =
  /** Nothing is left. */
  | { kind: "complete" }
  | { kind: "deadline" }
  /** Thrown by its reader, by a sink or by the quarantine. */
  | { kind: "failed"; error: unknown };

/** How far an object was delivered. */
export interface ObjectDelivery {
  /** The place up to which all lines are settled. undefined: none was, since reading began */
  position: ObjectPosition | undefined;
  end: DeliveryEnd;
}

export interface ObjectDeliveryIo {
  /** Maximum number of chunks in flight: while the engine answers to one, the next is read and written. 1 or more. */
  window: number;
  /** Milliseconds until the deadline: no chunk is begun after it. */
  remainingMs(): number;
  /** Returns what is awaited; undefined: the deadline has passed first. */
  untilDeadline<T>(work: Promise<T>): Promise<T | undefined>;
  /** Delivers a chunk, and quarantines what is rejected. Never rejects. @returns why it is not settled; undefined: it is */
  deliverChunk(chunk: ObjectChunk): Promise<Exclude<DeliveryEnd, { kind: "complete" }> | undefined>;
}

type Chunks = AsyncGenerator<ObjectChunk, void, undefined>;

/**
 * Delivers the chunks of an object, with one read ahead, and says up to where all of them are settled, however many are in flight.
 * Never rejects.
 */
export async function deliverChunks(chunks: Chunks, io: ObjectDeliveryIo): Promise<ObjectDelivery> {
  const inFlight: { next: ObjectPosition; unsettled: ReturnType<ObjectDeliveryIo["deliverChunk"]> }[] = [];
  let position: ObjectPosition | undefined;
  let end: DeliveryEnd | undefined;
  let reading: Promise<ObjectChunk | DeliveryEnd> | undefined;
  while (!end || inFlight.length > 0) {
    if (!end && inFlight.length < io.window) {
      reading ??= nextOf(chunks);
      const next = io.remainingMs() > 0 ? await io.untilDeadline(reading) : undefined;
      if (next) reading = undefined;
      if (!next || io.remainingMs() <= 0) end = { kind: "deadline" };
      else if ("kind" in next) end = next;
      else {
        inFlight.push({ next: next.next, unsettled: io.deliverChunk(next) });
        reading = nextOf(chunks);
      }
      continue;
    }
    const { next, unsettled } = inFlight.shift()!;
    const failure = await unsettled;
    if (failure) {
      end = failure;
      await Promise.all(inFlight.map((later) => later.unsettled));
      break;
    }
    position = next;
  }
  await close(chunks, reading !== undefined);
  return { position, end: end! };
}

async function nextOf(chunks: Chunks): Promise<ObjectChunk | DeliveryEnd> {
  try {
    const { done, value } = await chunks.next();
    return done ? { kind: "complete" } : value;
  } catch (error) {
    return { kind: "failed", error };
  }
}

/** A connection may be open. A generator that reads ends when it has read, for which nobody waits. */
async function close(chunks: Chunks, isReading: boolean): Promise<void> {
  const closed = chunks.return().catch(() => {});
  if (!isReading) await closed;
}
