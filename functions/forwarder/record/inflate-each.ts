import { gunzip, type Inflated, inflateRecord, isGzip, statedSize, type Undecodable } from "./inflate";

/** What records inflate to that are inflated together, in bytes. */
const TOGETHER_BYTES = 256 * 1024;

/**
 * Inflates the data of many records, as `inflateRecord` does each. Small ones that stand one behind the other are inflated
 * together, because a decompressor of its own takes a record of a few events longer than all else: gzip members may be joined.
 *
 * @param maxBytes what each may inflate to, in bytes
 */
export function* inflateEach(each: readonly Buffer[], maxBytes: number): Generator<Inflated | Undecodable> {
  const limit = Math.min(TOGETHER_BYTES, maxBytes);
  for (let first = 0, end = 0; first < each.length; first = end) {
    for (let bytes = 0; end < each.length && isGzip(each[end]!); end++) {
      bytes += statedSize(each[end]!);
      if (bytes > limit) break;
    }
    end = Math.max(end, first + 1);
    const some = each.slice(first, end);
    const together = some.length > 1 ? inflateTogether(some) : undefined;
    if (together) yield* together;
    else for (const data of some) yield inflateRecord(data, maxBytes);
  }
}

/**
 * A record may have several members, and states the size of its last one only: all together then have more than they state.
 *
 * @returns undefined where that is so, or where anything else is not as it should be
 */
function inflateTogether(some: readonly Buffer[]): Inflated[] | undefined {
  const size = some.reduce((sum, data) => sum + statedSize(data), 0);
  const joined = Buffer.concat(some);
  let all: ReturnType<typeof gunzip>;
  try {
    all = gunzip(joined, size, size);
  } catch {
    return undefined;
  }
  if (all.read !== joined.length) return undefined;
  let end = 0;
  return some.map((member) => {
    const start = end;
    end += statedSize(member);
    return { kind: "inflated", bytes: all.bytes.subarray(start, end), member };
  });
}
