import { gzipSync } from "node:zlib";
import type { Random } from "../../tools/random";

/** The function's `RECORD_MAX_BYTES` in the soak. */
export const SOAK_RECORD_MAX_BYTES = 1024 * 1024;

/** Inflates to more than that. */
const BOMB = gzipSync(Buffer.alloc(2 * SOAK_RECORD_MAX_BYTES));

/** Kinesis Producer Library, "KPL Aggregated Record Format": its magic number, then protobuf. */
const KPL_MAGIC = Buffer.from("f3899ac2", "hex");

/**
 * Makes records that cannot be decoded, by their defect, from `text`, the JSON of an envelope.
 *
 * Each differs from the others of its kind, so that one cannot stand for another in the count.
 */
export const POISON: Readonly<Record<string, (text: string, random: Random) => Buffer>> = {
  "gzip that is cut off": (text) => {
    const whole = gzipSync(text);
    return whole.subarray(0, whole.length / 2);
  },
  "gzip with a wrong checksum": (text) => {
    const broken = gzipSync(text);
    broken[broken.length - 6]! ^= 0xff;
    return broken;
  },
  "a KPL aggregate": (text) => Buffer.concat([KPL_MAGIC, Buffer.from(text)]),
  "a gzip bomb": (text) => Buffer.concat([gzipSync(text), BOMB]),
  binary: (_, random) => Buffer.from(Array.from({ length: 64 }, () => random.integer(0, 8))),
};
