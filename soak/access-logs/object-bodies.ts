import { gzipSync } from "node:zlib";
import type { Random } from "../../tools/random";

/** A body of gzip members. */
export interface Members {
  readonly body: Buffer;
  /** Inflated bytes of all members but the last. */
  readonly beforeLast: number;
  /** Size of the last member. */
  readonly lastBytes: number;
}

const MAX_MEMBERS = 4;

/** Compresses a text as several members, cut anywhere, in the middle of lines and of characters, too. */
export function gzipMembers(text: Buffer, random: Random): Members {
  const cuts = Array.from({ length: random.integer(0, MAX_MEMBERS - 1) }, () => random.integer(0, text.length));
  const places = [0, ...cuts.sort((a, b) => a - b), text.length];
  const members = places.slice(1).map((end, n) => gzipSync(text.subarray(places[n], end)));
  return {
    body: Buffer.concat(members),
    beforeLast: places.at(-2)!,
    lastBytes: members.at(-1)!.length,
  };
}

/** The size of a gzip member's header, and of its trailer: checksum and size. Source: RFC 1952. */
const HEADER_BYTES = 10;
const TRAILER_BYTES = 8;

/** Breaks the last member: it is cut off, or its checksum is another one's. */
export function broken({ body, lastBytes }: Members, random: Random): Buffer {
  if (random.chance(0.5)) return body.subarray(0, -random.integer(1, lastBytes - HEADER_BYTES));
  const copy = Buffer.from(body);
  copy[copy.length - TRAILER_BYTES]! ^= 0xff;
  return copy;
}
