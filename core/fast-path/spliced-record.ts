import type { Origin } from "../events/complete";
import type { Undecodable } from "../events/undecodable";
import type { Lines } from "../sinks/opensearch/pack";
import { MAX_EVENTS } from "../sources/kinesis/decode";
import type { Inflated } from "../sources/kinesis/gunzip";
import { openSplice, restart, spliceNext } from "./splice";

/** A record whose events are written without being parsed. */
export interface SplicedRecord {
  logGroup: string;
  /** How many events it has. */
  events: number;
  /** As the archive keeps it. */
  member: Buffer;
  /** The lines of its events; `record` is its position in the batch. */
  lines(record: number): Iterable<Lines>;
}

/**
 * Writes a record's events without parsing them, if it has the form that CloudWatch Logs gives it: to the letter, from the first
 * byte to the last. The lines are those of the plain path.
 *
 * @returns undefined for any other record
 */
export function splicedRecord(
  inflated: Inflated | Undecodable,
  { region }: Origin,
  { indexPrefix }: { indexPrefix: string },
): SplicedRecord | undefined {
  if (inflated.kind !== "inflated" || !inflated.member) return undefined;
  const { bytes, member } = inflated;
  const splice = openSplice(bytes, region, indexPrefix);
  if (!splice) return undefined;
  const { logGroup } = splice;
  restart(splice);
  const all = spliceNext(splice);
  if (!all) return undefined;
  if (all.isLast) {
    return { logGroup, events: all.ends.length, member, lines: (record) => [{ record, position: 0, ...all }] };
  }

  // Too long for the kernel's memory: it is read to its end, to see that all of it has the form, and then once more.
  let events = all.ends.length;
  for (let isLast = false; !isLast; ) {
    const more = spliceNext(splice);
    if (!more) return undefined;
    events += more.ends.length;
    if (events > MAX_EVENTS) return undefined;
    isLast = more.isLast;
  }
  return {
    logGroup,
    events,
    member,
    *lines(record) {
      restart(splice);
      for (let position = 0; position < events; ) {
        const some = spliceNext(splice)!;
        yield { record, position, ...some };
        position += some.ends.length;
      }
    },
  };
}
