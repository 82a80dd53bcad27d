/** Objects that are read at the same time: a small one takes its round trip alone. */
const READS = 32;

/** What they hold together at most, in bytes, unless it is one. */
const MAX_BYTES_AHEAD = 64 * 1024 * 1024;

/**
 * Reads objects in their order, the next ones while one is worked on.
 *
 * @param read rejects: so does the step that would yield the object
 */
export async function* readAhead<T extends { bytes: number }, Content>(
  objects: readonly T[],
  read: (object: T) => Promise<Content>,
): AsyncGenerator<[T, Content], void, undefined> {
  const ahead: [T, Promise<Content>][] = [];
  let bytes = 0;
  for (let next = 0; ; ) {
    for (; next < objects.length && ahead.length < READS; next++) {
      const object = objects[next]!;
      if (ahead.length > 0 && bytes + object.bytes > MAX_BYTES_AHEAD) break;
      const content = read(object);
      // Whoever asks for it gets the failure; nobody may ask.
      content.catch(() => {});
      ahead.push([object, content]);
      bytes += object.bytes;
    }
    const first = ahead.shift();
    if (!first) return;
    yield [first[0], await first[1]];
    bytes -= first[0].bytes;
  }
}
