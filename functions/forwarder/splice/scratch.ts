const MIB = 1024 * 1024;

/** A longer message, in bytes as it stands in its envelope, is left to the plain path. CloudWatch Logs takes 1 MiB of text. */
export const MAX_MESSAGE_BYTES = 2 * MIB;

/** When this much has been written, it is handed over before the next event is begun. */
export const FULL_BYTES = 2 * MIB;

/** What the lines of one event are longer than its message: names of up to 512 characters, three times, all escaped. */
const MAX_FRAME_BYTES = 16 * 1024;

/**
 * Where lines are written before they are copied into a request. A constant of the module: V8 reads and writes it at half the cost
 * of an array that it has to look up. Never handed over: whoever takes lines copies them at once.
 */
export const out = Buffer.allocUnsafeSlow(FULL_BYTES + MAX_MESSAGE_BYTES + MAX_FRAME_BYTES);

/** The same, to write four bytes at once. */
export const outView = new DataView(out.buffer);

/** Where the next byte is read in the envelope, and written in `out`. */
export const cursor = { from: 0, to: 0 };

/** Writes a few bytes at the cursor. */
export function write(bytes: Uint8Array): void {
  let { to } = cursor;
  for (let i = 0; i < bytes.length; i++) out[to++] = bytes[i]!;
  cursor.to = to;
}
