/** Buffers that no request uses. A new buffer costs the operating system a page fault per 4 KiB. */
const free: Buffer[] = [];

/** Returns a buffer of this size for the body of a request. */
export function acquire(bytes: number): Buffer {
  const buffer = free.pop();
  return buffer?.length === bytes ? buffer : Buffer.allocUnsafeSlow(bytes);
}

/**
 * Returns the buffer of a request that has ended, with all its retries: nothing reads it any more. One of another size, of a
 * single large event, is not kept.
 */
export function release(buffer: Buffer, bytes: number): void {
  if (buffer.length === bytes) free.push(buffer);
}
