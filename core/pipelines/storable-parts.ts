import { undecodable } from "../events/undecodable";
import type { Environment } from "../settings/environment";
import { envelopesIn } from "../sources/kinesis/decode-record";
import type { KinesisRecord } from "../sources/kinesis/record";
import type { RecordPart } from "../sources/kinesis/record-part";

/** What an object of the archive holds of a batch and hour: the events of one log group, or of all that share the stream. */
export type ArchiveLayout = Environment["ARCHIVE_LAYOUT"];

/** Maximum number of objects that the log groups, and the parts that cannot be decoded, of one record take. */
const MAX_OBJECTS = 100;

/**
 * Returns the parts of a record, unless they take more objects in the bucket than an invocation has time for: such a record
 * would be retried for ever, so it is dead-lettered whole. A replay, which has time, takes it apart.
 *
 * @param layout of the archive
 */
export function storableParts(
  parts: RecordPart[],
  record: KinesisRecord,
  layout: ArchiveLayout = "log-group",
): RecordPart[] {
  if (parts.length <= MAX_OBJECTS) return parts;
  const logGroups = new Set(envelopesIn(parts).map(({ logGroup }) => (layout === "stream" ? "" : logGroup)));
  const deadLetters = parts.filter(({ kind }) => kind === "undecodable");
  if (logGroups.size + deadLetters.length <= MAX_OBJECTS) return parts;
  return [{ ...undecodable(`takes more than ${MAX_OBJECTS} objects in the bucket`), record }];
}
