import type { Bucket, StoredObject } from "../archive/bucket";
import { listFailure } from "../archive/bucket-errors";
import { DamagedError, ObjectError, OverwrittenError, StoppedError } from "../archive/outcome-errors";
import { PipelineError } from "../core/errors";
import { documentId } from "../core/events/document-id";
import { HOUR_MS } from "../core/events/durations";
import type { Envelope, LogEvent } from "../core/events/envelope";
import { DOCUMENT_TIMES } from "../core/events/limits";
import { KIND_READERS } from "../replay/kinds";
import type { LaneMessages } from "../replay/lane-messages";
import type { ReplayRecord } from "../replay/records";
import { type RuledRecord, ruledRecord } from "../replay/ruled-record";
import type { AuditArguments } from "./arguments/arguments";
import { replayArguments } from "./arguments/replay-arguments";
import type { AuditRange } from "./time-range";

/** Objects that are read at the same time. */
export const CONCURRENT_OBJECTS = 4;

/** After as many overwritten versions an object counts as unread. */
const MAX_OVERWRITTEN = 3;

export interface ArchiveIo {
  bucket: Bucket;
  args: AuditArguments;
  region: string;
  messages: LaneMessages;
  /** Whether the run was interrupted. */
  isInterrupted(): boolean;
}

/** An event in the bucket, and its document's id. */
export interface ArchivedEvent {
  id: string;
  envelope: Envelope;
  event: LogEvent;
  /** Today's settings index it; they leave others out, or join them to another. */
  isIndexed: boolean;
}

/** An object that cannot be read. */
export interface UnreadObject {
  key: string;
  reason: string;
}

/** The records of an object, as they are in the archive. */
type VisitRecords = (records: readonly ReplayRecord[], object: StoredObject) => void | Promise<void>;

/** Lists the objects that may hold events of a time range. @throws StoppedError when they cannot be listed, or the run is interrupted */
export async function* listedObjects(
  kind: "archive" | "rejected",
  range: AuditRange,
  io: ArchiveIo,
): AsyncGenerator<StoredObject> {
  const { bucket, args } = io;
  try {
    const prefixes = await KIND_READERS[kind].prefixes(bucket, replayArguments(args, kind, range));
    for (const prefix of prefixes) {
      for await (const object of bucket.list(prefix)) {
        if (io.isInterrupted()) throw new StoppedError("The audit was interrupted.");
        yield object;
      }
    }
  } catch (error) {
    if (error instanceof StoppedError) throw error;
    throw new StoppedError(listFailure(error, bucket.name));
  }
}

/**
 * Reads one object, again as long as somebody overwrites it meanwhile. Adds it to `unread` if that does not succeed.
 *
 * @throws StoppedError when none can be read until somebody acts
 */
export async function readObject(
  kind: "archive" | "rejected",
  listedObject: StoredObject,
  visit: VisitRecords,
  io: ArchiveIo,
  unread: UnreadObject[],
): Promise<void> {
  const { bucket, args, region } = io;
  // A joined event has the time of its first one, so the times are compared after the joining.
  const all = replayArguments(args, kind, { fromMs: 0, toMs: DOCUMENT_TIMES.latest + 1 });
  let object = listedObject;
  for (let overwritten = 0; ; overwritten++) {
    try {
      for await (const records of KIND_READERS[kind].read(bucket, object, all, region)) await visit(records, object);
      return;
    } catch (error) {
      if (error instanceof OverwrittenError && overwritten < MAX_OVERWRITTEN) {
        object = await bucket.find(object.key).catch(() => object);
        continue;
      }
      if (error instanceof PipelineError) throw new StoppedError(error.message);
      if (!(error instanceof ObjectError) && !(error instanceof DamagedError)) throw error;
      unread.push({ key: object.key, reason: error.message });
      return;
    }
  }
}

/**
 * Yields the events of a record in the archive: first those that are indexed today, in the order of their documents, then those that
 * are not, which an earlier version of the settings may have indexed.
 *
 * @param ruled what is indexed of it: see `indexedRecord`
 */
export function* archivedEvents(record: ReplayRecord, ruled: RuledRecord): Generator<ArchivedEvent> {
  const { joining, rules } = ruled.settings;
  const areOthers = joining !== undefined || rules !== undefined;
  const indexed = new Set<string>();
  for (const each of documentIdsIn(ruled)) {
    if (areOthers) indexed.add(each.id);
    yield { ...each, isIndexed: true };
  }
  if (!areOthers) return;
  for (const each of documentIdsIn(record)) if (!indexed.has(each.id)) yield { ...each, isIndexed: false };
}

/** Returns a record with its events joined, and what the rules leave of it. */
export function indexedRecord(record: ReplayRecord, messages: LaneMessages): RuledRecord {
  return ruledRecord(joinedRecord(record, messages), messages);
}

/** Returns a record as a replay reads it: with its events joined. */
export const joinedRecord = (record: ReplayRecord, messages: LaneMessages): ReplayRecord => ({
  ...record,
  envelopes: record.envelopes.map((envelope) => messages.joined(envelope, record.stream)),
});

/** Yields the events of a record, and their documents' ids. */
export function* documentIdsIn({
  envelopes,
}: Pick<ReplayRecord, "envelopes">): Generator<Omit<ArchivedEvent, "isIndexed">> {
  for (const envelope of envelopes) {
    for (const event of envelope.logEvents) yield { id: documentId(event.id, envelope), envelope, event };
  }
}

/** The beginning of the hour that a time is in; both in ms since the epoch. */
export const hourOf = (ms: number): number => Math.floor(ms / HOUR_MS) * HOUR_MS;
