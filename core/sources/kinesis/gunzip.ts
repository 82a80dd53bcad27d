import { gunzipSync } from "node:zlib";
import { type Undecodable, undecodable } from "../../events/undecodable";

const GZIP = Buffer.from([0x1f, 0x8b]);

/** Source: Kinesis Producer Library, "KPL Aggregated Record Format". */
const KPL = Buffer.from([0xf3, 0x89, 0x9a, 0xc2]);

/** A record's inflated data; `member` is the part of the record that is gzip, absent if none is. */
export interface Inflated {
  kind: "inflated";
  bytes: Buffer;
  member?: Buffer;
}

/**
 * Inflates one Kinesis record's data, if it is gzipped.
 *
 * @param maxBytes maximum size of the inflated data
 */
export function inflateRecord(data: Buffer, maxBytes: number): Inflated | Undecodable {
  if (data.subarray(0, KPL.length).equals(KPL)) {
    return undecodable("aggregated by the Kinesis Producer Library; switch its aggregation off");
  }
  if (!data.subarray(0, GZIP.length).equals(GZIP)) return { kind: "inflated", bytes: data };
  try {
    return inflate(data, maxBytes);
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    return undecodable(tooLarge ? `inflates to more than ${maxBytes} bytes` : `no gzip: ${(error as Error).message}`);
  }
}

/** Source: RFC 1952, "GZIP file format specification": the last four bytes may be the inflated size. */
const SIZE_BYTES = 4;

function inflate(data: Buffer, maxBytes: number): Inflated {
  // In one piece if the size is true. It is not trusted: memory for all of maxBytes may be allocated, but stays untouched.
  const size = data.length < SIZE_BYTES ? 0 : data.readUInt32LE(data.length - SIZE_BYTES);
  const chunkSize = Math.max(MIN_CHUNK_BYTES, Math.min(size, maxBytes) + 1);
  // The typings leave out what `info: true` returns.
  const { buffer, engine } = gunzipSync(data, {
    chunkSize,
    info: true,
    maxOutputLength: maxBytes,
  } as object) as unknown as {
    buffer: Buffer;
    engine: { bytesWritten: number };
  };
  const member = data.subarray(0, engine.bytesWritten);
  // Zeros are padding. Anything else would be lost.
  if (data.subarray(member.length).some((byte) => byte !== 0)) throw new Error("bytes follow its last member");
  return { kind: "inflated", bytes: buffer, member };
}

/** Source: Node.js documentation, zlib, `Z_MIN_CHUNK`. */
const MIN_CHUNK_BYTES = 64;
