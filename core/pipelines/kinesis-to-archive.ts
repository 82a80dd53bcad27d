import { gzipSync } from "node:zlib";
import { encodeLogGroup } from "../events/encode-log-group";
import type { ArchiveObject } from "../sinks/archive/archive-object";
import { rejectedLines } from "../sinks/archive/rejected-lines";
import { type DecodeSettings, decodeEventsAgain, type KinesisRecord } from "../sources/kinesis/record";
import type { ArchiveMember, RecordProgress } from "./record-progress";

/** A gzip member that holds one newline: it separates two records. */
const NEWLINE_MEMBER = gzipSync("\n");

/**
 * The objects that keep `records`, a settled prefix of a batch: each log group's records of an hour as they came, the events
 * that the index rejected, and each record that could not be decoded.
 *
 * The key of an object has the first sequence number in it, so a retried batch overwrites its own objects.
 */
export function archiveObjects(
  prefix: string,
  records: readonly RecordProgress[],
  settings: DecodeSettings,
): ArchiveObject[] {
  const groups = new Map<string, Group>();
  const objects: ArchiveObject[] = [];
  for (const progress of records) {
    const { archiveMember } = progress;
    if (!archiveMember) continue;
    const name = groupName(progress.record, archiveMember);
    const group = groups.get(name) ?? { logGroup: archiveMember.logGroup, records: [], members: [] };
    groups.set(name, group);
    group.records.push(progress);
    group.members.push(archiveMember.member, NEWLINE_MEMBER);
  }
  for (const group of groups.values()) {
    objects.push(archived(prefix, group));
    const withRejections = group.records.filter(({ rejections }) => rejections.length > 0);
    if (withRejections.length > 0) objects.push(rejected(prefix, group.logGroup, withRejections, settings));
  }
  for (const { record, deadLetterReason } of records) {
    if (deadLetterReason !== undefined) objects.push(deadLetter(prefix, record, deadLetterReason));
  }
  return objects;
}

/** Records that share an object, in the order of the batch. */
interface Group {
  logGroup: string;
  records: RecordProgress[];
  /** The bytes of the object, in pieces. */
  members: Buffer[];
}

const HOUR_MS = 3_600_000;

/**
 * Names the records that share an object: a batch after an outage spans many hours, and a replay looks for each record under
 * its own. Called for each record, so without a date, which takes a microsecond to format.
 */
const groupName = ({ arrival }: KinesisRecord, { logGroup }: ArchiveMember): string =>
  `${Math.floor(arrival / HOUR_MS)} ${logGroup}`;

/** As many of `records`, from the first on, as `archiveObjects` keeps in at most `maxObjects` objects; at least one. */
export function storablePrefix(records: readonly RecordProgress[], maxObjects: number): readonly RecordProgress[] {
  const keys = new Set<string>();
  const end = records.findIndex(({ record, archiveMember, rejections, deadLetterReason }, i) => {
    if (archiveMember) {
      const name = groupName(record, archiveMember);
      keys.add(name);
      if (rejections.length > 0) keys.add(`rejected ${name}`);
    }
    if (deadLetterReason !== undefined) keys.add(`dead-letter ${record.sequenceNumber}`);
    return i > 0 && keys.size > maxObjects;
  });
  return end < 0 ? records : records.slice(0, end);
}

/** `<prefix><kind>/YYYY/MM/DD/HH/<place>/<shard>-<sequence number>`, the time being the record's arrival in UTC. */
function keyOf(prefix: string, kind: string, place: string, record: KinesisRecord): string {
  return `${prefix}${kind}/${hourOf(record)}/${place}/${record.shardId}-${record.sequenceNumber}`;
}

/** `YYYY/MM/DD/HH` */
function hourOf({ arrival }: KinesisRecord): string {
  return new Date(arrival).toISOString().slice(0, 13).replace(/[-T]/g, "/");
}

function archived(prefix: string, { logGroup, records, members }: Group): ArchiveObject {
  return {
    key: `${keyOf(prefix, "archive", encodeLogGroup(logGroup), records[0]!.record)}.gz`,
    body: Buffer.concat(members),
    contentType: "application/gzip",
    metadata: { records: String(records.length) },
  };
}

function rejected(
  prefix: string,
  logGroup: string,
  records: readonly RecordProgress[],
  settings: DecodeSettings,
): ArchiveObject {
  const lines = records.flatMap(({ record, rejections }) =>
    rejectedLines(decodeEventsAgain(record, settings), rejections),
  );
  return {
    key: `${keyOf(prefix, "rejected", encodeLogGroup(logGroup), records[0]!.record)}.gz`,
    body: gzipSync(lines.join("")),
    contentType: "application/gzip",
    metadata: { events: String(lines.length) },
  };
}

function deadLetter(prefix: string, record: KinesisRecord, reason: string): ArchiveObject {
  return {
    key: keyOf(prefix, "dead-letter", record.stream, record),
    body: record.data,
    contentType: "application/octet-stream",
    metadata: {
      reason,
      account: record.account,
      "shard-id": record.shardId,
      "sequence-number": record.sequenceNumber,
      "arrival-time": new Date(record.arrival).toISOString(),
    },
  };
}
