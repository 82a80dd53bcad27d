import { gzipSync } from "node:zlib";
import { streamPlace } from "../events/archive-place";
import { HOUR_MS } from "../events/durations";
import { encodeLogGroup } from "../events/encode-log-group";
import { gzipPieces } from "../gzip/gzip-pieces";
import { addEvent } from "../receipts/envelope-receipt";
import { objectReceipt } from "../receipts/object-receipt";
import { Receipt } from "../receipts/receipt";
import type { ArchiveObject } from "../sinks/archive/archive-object";
import { rejectedLines } from "../sinks/archive/rejected-lines";
import type { Rejection } from "../sinks/sink";
import type { KinesisRecord } from "../sources/kinesis/record";
import { type PartSettings, recordEnvelopes } from "./record-parts";
import type { ArchiveMember, RecordProgress } from "./record-progress";
import type { ArchiveLayout } from "./storable-parts";

/** A gzip member that holds one newline: it separates two envelopes. */
const NEWLINE_MEMBER = gzipSync("\n");

/**
 * The objects that keep `records`, a settled prefix of a batch: the envelopes of an hour as they came, of each log group or of the
 * stream, the events that the index rejected, and whatever could not be decoded.
 *
 * The key of an object has the sequence number of the first record in it, so a retried batch overwrites its own objects: whatever it
 * acknowledges, what an object begins with stays the same.
 */
export function archiveObjects(
  prefix: string,
  records: readonly RecordProgress[],
  settings: PartSettings,
): ArchiveObject[] {
  const isByStream = settings.archiveLayout === "stream";
  const groups = new Map<string, Group>();
  for (const { record, archiveMembers, rejections } of records) {
    for (const part of archivedParts(record, archiveMembers, rejections)) {
      const name = isByStream ? hourName(record) : groupName(record, part);
      let group = groups.get(name);
      if (!group) {
        group = { place: isByStream ? streamPlace(record) : encodeLogGroup(part.logGroup), parts: [] };
        groups.set(name, group);
      }
      group.parts.push(part);
    }
  }
  const objects: ArchiveObject[] = [];
  for (const { place, parts } of groups.values()) {
    objects.push(archived(prefix, place, parts));
    const withRejections = parts.filter(({ rejections }) => rejections.length > 0);
    if (withRejections.length > 0) objects.push(rejected(prefix, place, withRejections, settings));
  }
  for (const { deadLetters } of records) {
    for (const { record, reason } of deadLetters) objects.push(deadLetter(prefix, record, reason));
  }
  return objects;
}

/** An envelope of a record, and the rejected ones among its events, by their positions in it. */
interface ArchivedPart extends ArchiveMember {
  readonly record: KinesisRecord;
  /** The envelope's position among the record's envelopes. */
  readonly index: number;
  readonly rejections: readonly Rejection[];
}

const NONE: readonly Rejection[] = [];

/** @param rejections of the record's events, by their positions in the record */
function archivedParts(
  record: KinesisRecord,
  archiveMembers: readonly ArchiveMember[],
  rejections: readonly Rejection[],
): ArchivedPart[] {
  // Of nearly all records; a batch may have 10,000.
  if (rejections.length === 0) {
    return archiveMembers.map(({ logGroup, events, member, receipt }, index) => {
      return { record, logGroup, events, member, receipt, index, rejections: NONE };
    });
  }
  const ordered = rejections.toSorted((a, b) => a.position - b.position);
  let first = 0;
  let next = 0;
  return archiveMembers.map(({ logGroup, events, member, receipt }, index) => {
    const end = first + events;
    const own: Rejection[] = [];
    for (; next < ordered.length && ordered[next]!.position < end; next++) {
      const { position, rejection } = ordered[next]!;
      own.push({ position: position - first, rejection });
    }
    first = end;
    return { record, logGroup, events, member, receipt, index, rejections: own };
  });
}

/** Envelopes that share an object, in the order of the batch. */
interface Group {
  /** The part of the key after the hour. */
  readonly place: string;
  readonly parts: ArchivedPart[];
}

/**
 * Names an hour: a batch after an outage spans many, and a replay looks for each record under its own. Called for each envelope, so
 * without a date, which takes a microsecond to format.
 */
const hourName = ({ arrival }: KinesisRecord): string => String(Math.floor(arrival / HOUR_MS));

/** Names the envelopes that share an object in the layout by log group. */
const groupName = (record: KinesisRecord, { logGroup }: ArchiveMember): string => `${hourName(record)} ${logGroup}`;

/**
 * As many of `records`, from the first on, as `archiveObjects` keeps in at most `maxObjects` objects; at least one.
 *
 * @param layout of `archiveObjects`
 */
export function storablePrefix(
  records: readonly RecordProgress[],
  maxObjects: number,
  layout: ArchiveLayout = "log-group",
): readonly RecordProgress[] {
  const keys = new Set<string>();
  const end = records.findIndex(({ record, archiveMembers, rejections, deadLetters }, i) => {
    if (layout === "stream") {
      if (archiveMembers.length > 0) keys.add(hourName(record));
      if (rejections.length > 0) keys.add(`rejected ${hourName(record)}`);
    } else {
      for (const part of archivedParts(record, archiveMembers, rejections)) {
        const name = groupName(record, part);
        keys.add(name);
        if (part.rejections.length > 0) keys.add(`rejected ${name}`);
      }
    }
    for (const part of deadLetters) keys.add(`dead-letter ${part.record.sequenceNumber}`);
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

function archived(prefix: string, place: string, parts: readonly ArchivedPart[]): ArchiveObject {
  const members: Buffer[] = [];
  const sum = new Receipt();
  for (const { member, receipt } of parts) {
    members.push(member, NEWLINE_MEMBER);
    sum.addEnvelope(receipt);
  }
  const { metadata, tail } = objectReceipt(sum);
  members.push(tail);
  return {
    key: `${keyOf(prefix, "archive", place, parts[0]!.record)}.gz`,
    body: Buffer.concat(members),
    contentType: "application/gzip",
    metadata: { records: String(recordsOf(parts)), ...metadata },
  };
}

/** The number of records that parts are of; those of one follow one another. */
function recordsOf(parts: readonly ArchivedPart[]): number {
  let records = 0;
  let last: KinesisRecord | undefined;
  for (const { record } of parts) {
    if (record !== last) records++;
    last = record;
  }
  return records;
}

function rejected(
  prefix: string,
  place: string,
  parts: readonly ArchivedPart[],
  settings: PartSettings,
): ArchiveObject {
  const receipt = new Receipt();
  const lines = gzipPieces(linesOf(parts, settings, receipt));
  const { metadata, tail } = objectReceipt(receipt);
  return {
    key: `${keyOf(prefix, "rejected", place, parts[0]!.record)}.gz`,
    body: Buffer.concat([lines, tail]),
    contentType: "application/gzip",
    metadata: { events: String(parts.reduce((sum, { rejections }) => sum + rejections.length, 0)), ...metadata },
  };
}

/**
 * Decodes one record after the other: all of them together may take more memory than there is.
 *
 * @param receipt counts the rejected events
 */
function* linesOf(parts: readonly ArchivedPart[], settings: PartSettings, receipt: Receipt): Generator<string> {
  for (const { record, index, rejections } of parts) {
    const envelope = recordEnvelopes(record, settings)[index]!;
    for (const { position } of rejections) addEvent(receipt, envelope, envelope.logEvents[position]!);
    yield* rejectedLines(envelope, rejections);
  }
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
      ...(record.isReplayed && { replayed: "true" }),
    },
  };
}
