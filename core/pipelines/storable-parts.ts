import { undecodable } from "../events/undecodable";
import { envelopesIn } from "../sources/kinesis/decode-record";
import type { KinesisRecord } from "../sources/kinesis/record";
import type { RecordPart } from "../sources/kinesis/record-part";

/** Maximum number of log groups, and of parts that cannot be decoded, in one record. */
const MAX_OBJECTS = 100;

/**
 * Returns the parts of a record, unless they take more objects in the bucket than an invocation has time for: such a record
 * would be retried for ever, so it is dead-lettered whole. A replay, which has time, takes it apart.
 */
export function storableParts(parts: RecordPart[], record: KinesisRecord): RecordPart[] {
  if (parts.length <= MAX_OBJECTS) return parts;
  const logGroups = new Set(envelopesIn(parts).map(({ logGroup }) => logGroup));
  const deadLetters = parts.filter(({ kind }) => kind === "undecodable");
  if (logGroups.size + deadLetters.length <= MAX_OBJECTS) return parts;
  return [{ ...undecodable(`takes more than ${MAX_OBJECTS} objects in the bucket`), record }];
}
