import type { StoredObject } from "./bucket";

/** The content of an object, or the rest of it, as it arrives. */
export interface ArrivingContent {
  body: AsyncIterable<Uint8Array>;
  /** Its length, where that is known. */
  bytes?: number | undefined;
}

export interface ResumingIo {
  /** Requests the object from a byte on. */
  rest(from: number): Promise<ArrivingContent>;
  /** Returns the error for a connection that broke. @throws when reading must not go on */
  failure(thrown: unknown): Error;
}

/** Maximum number of consecutive broken connections without a byte in between. Reading continues after each. */
const MAX_BREAKS = 3;

/** Yields the content of an object. After a broken connection only the rest of it is requested. */
export async function* resumedChunks(
  object: StoredObject,
  first: ArrivingContent,
  { rest, failure }: ResumingIo,
): AsyncGenerator<Uint8Array> {
  let read = 0;
  let breaks = 0;
  for (let { body } = first; ; { body } = await rest(read)) {
    try {
      for await (const chunk of body) {
        yield chunk;
        read += chunk.length;
        object.onRead?.(chunk.length);
        breaks = 0;
      }
      return;
    } catch (thrown) {
      const error = failure(thrown);
      breaks++;
      if (breaks > MAX_BREAKS || read === first.bytes) throw error;
    }
  }
}
