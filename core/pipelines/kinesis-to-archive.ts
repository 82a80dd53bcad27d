import { gzipSync } from "node:zlib";
import { encodeLogGroup } from "../events/encode-log-group";
import type { ArchiveObject } from "../sinks/archive/archive-object";
import { type BatchRecord, type DecodeSettings, decodeBatchRecord } from "../sources/kinesis/batch-record";
import type { Decoded } from "../sources/kinesis/decode";

/** A gzip member that holds one newline: it stands between two records. */
const NEWLINE_MEMBER = gzipSync("\n");

/**
 * The objects that keep what became of `records`, a finished prefix of a batch: each log group's records of an hour as they came,
 * what its index rejected, and each record that could not be decoded.
 *
 * Keys hold the first sequence number of what the object holds, so a batch that is tried again overwrites its own.
 */
export function archiveObjects(prefix: string, records: BatchRecord[], settings: DecodeSettings): ArchiveObject[] {
  const groups = new Map<string, BatchRecord[]>();
  for (const record of records) {
    if (!record.archive) continue;
    const group = groupOf(record);
    const members = groups.get(group);
    if (members) members.push(record);
    else groups.set(group, [record]);
  }
  const objects: ArchiveObject[] = [];
  for (const members of groups.values()) {
    const { logGroup } = members[0]!.archive!;
    objects.push(archived(prefix, logGroup, members));
    const withRejections = members.filter((record) => record.rejections.length > 0);
    if (withRejections.length > 0) objects.push(rejected(prefix, logGroup, withRejections, settings));
  }
  for (const record of records) if (record.deadLetter) objects.push(deadLetter(prefix, record, record.deadLetter));
  return objects;
}

const HOUR_MS = 3_600_000;

/**
 * What shares an object: a batch behind an outage spans many hours, and a replay looks for each under its own. Asked
 * for each record, so without a date, which takes a microsecond to write.
 */
const groupOf = ({ arrival, archive }: BatchRecord): string => `${Math.floor(arrival / HOUR_MS)} ${archive!.logGroup}`;

/** As many of `records`, from the first on, as `archiveObjects` keeps in at most `maxObjects` objects; at least one. */
export function storablePrefix(records: BatchRecord[], maxObjects: number): BatchRecord[] {
  const keys = new Set<string>();
  const end = records.findIndex((record, i) => {
    if (record.archive) keys.add(groupOf(record));
    if (record.rejections.length > 0) keys.add(`rejected ${groupOf(record)}`);
    if (record.deadLetter) keys.add(`dead-letter ${record.sequenceNumber}`);
    return i > 0 && keys.size > maxObjects;
  });
  return end < 0 ? records : records.slice(0, end);
}

/** `<prefix><kind>/YYYY/MM/DD/HH/<place>/<shard>-<sequence number>`, the time being the record's arrival in UTC. */
function keyOf(prefix: string, kind: string, place: string, record: BatchRecord): string {
  return `${prefix}${kind}/${hourOf(record)}/${place}/${record.shardId}-${record.sequenceNumber}`;
}

/** `YYYY/MM/DD/HH` */
function hourOf({ arrival }: BatchRecord): string {
  return new Date(arrival).toISOString().slice(0, 13).replace(/[-T]/g, "/");
}

function archived(prefix: string, logGroup: string, records: BatchRecord[]): ArchiveObject {
  const members = records.flatMap((record) => [record.archive!.member, NEWLINE_MEMBER]);
  return {
    key: `${keyOf(prefix, "archive", encodeLogGroup(logGroup), records[0]!)}.gz`,
    body: Buffer.concat(members),
    contentType: "application/gzip",
    metadata: { records: String(records.length) },
  };
}

function rejected(prefix: string, logGroup: string, records: BatchRecord[], settings: DecodeSettings): ArchiveObject {
  const lines = records.flatMap((record) => {
    const { envelope } = decodeBatchRecord(record, settings) as Extract<Decoded, { kind: "events" }>;
    const { messageType, owner, logGroup, logStream, logEvents } = envelope;
    return record.rejections.map(({ position, refusal }) => {
      const { id, timestamp, message } = logEvents[position]!;
      const event = { messageType, owner, logGroup, logStream, logEvents: [{ id, timestamp, message }] };
      return `${JSON.stringify({ refusal, ...event })}\n`;
    });
  });
  return {
    key: `${keyOf(prefix, "rejected", encodeLogGroup(logGroup), records[0]!)}.gz`,
    body: gzipSync(lines.join("")),
    contentType: "application/gzip",
    metadata: { events: String(lines.length) },
  };
}

function deadLetter(prefix: string, record: BatchRecord, reason: string): ArchiveObject {
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
