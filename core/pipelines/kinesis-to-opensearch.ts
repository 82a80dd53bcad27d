import type { IndexLayouts } from "../events/index-layout";
import type { Undecodable } from "../events/undecodable";
import { type FastPathRecord, fastPathRecord, inflateMember } from "../fast-path/fast-path-record";
import {
  type BulkBatch,
  type EventSource,
  eventSources,
  sourceAt,
  sourceLines,
  sourcesBatch,
} from "../sinks/opensearch/bulk-batch";
import type { Lines } from "../sinks/opensearch/pack";
import type { DecodedEnvelope } from "../sources/kinesis/decode";
import { envelopesIn } from "../sources/kinesis/decode-record";
import { type Inflated, inflateRecord, kept } from "../sources/kinesis/gunzip";
import type { KinesisRecord } from "../sources/kinesis/record";
import type { LaneParsing } from "./message-settings";
import {
  arePrepared,
  type PartSettings,
  type PreparedPart,
  preparesAny,
  recordEnvelopes,
  recordParts,
} from "./record-parts";
import type { RecordProgress } from "./record-progress";

/**
 * Maximum length of the messages of a record that is written again for the encoder, in characters: a copy of larger ones would take
 * memory that is there for documents. Source: CloudWatch Logs API Reference, "PutLogEvents": 1 MB.
 */
const MAX_WRITTEN_LENGTH = 2 * 1024 * 1024;

export interface EventSettings extends PartSettings {
  indexLayouts: IndexLayouts;
  /** Whether the WASM encoder writes the records it can. The plain path writes the same lines. */
  fastPath: boolean;
  /** @default messages stay as they are */
  parsing?: LaneParsing;
}

/**
 * The events of a batch of Kinesis records. A record is read when its lines are asked for, and its progress learns what it holds.
 *
 * @param remainingMs milliseconds until the deadline: no further record is read after it; it stays pending
 */
export function kinesisBatch(
  records: readonly RecordProgress[],
  settings: EventSettings,
  remainingMs: () => number,
): BulkBatch {
  /** An index that rejects one event often rejects its neighbours too. */
  let last: { record: KinesisRecord; sources: EventSource[] } | undefined;
  const beforeNext = () => {
    // With the next record in memory there may be no room for both.
    last = undefined;
    return remainingMs();
  };
  return sourcesBatch(
    () => linesOf(records, settings, beforeNext),
    ({ record: index, position }) => {
      const { record } = records[index]!;
      if (last?.record !== record) {
        last = { record, sources: eventSources(recordEnvelopes(record, settings), record, settings.indexLayouts) };
      }
      return sourceAt(last.sources, position);
    },
  );
}

/** Not a method of each batch: V8 gives the generators of each function a shape of their own, and optimizes anew for it. */
function* linesOf(
  records: readonly RecordProgress[],
  settings: EventSettings,
  remainingMs: () => number,
): Generator<Lines> {
  for (const [index, progress] of records.entries()) {
    if (remainingMs() <= 0) return;
    yield* readRecord(progress, index, settings);
  }
}

/** Not a generator, so that the inflated record is not in memory while its lines are. */
function readRecord(progress: RecordProgress, index: number, settings: EventSettings): Iterable<Lines> {
  const { record } = progress;
  const { recordMaxBytes, fastPath } = settings;
  const inflated = inflateRecord(record.data, recordMaxBytes, recordMaxBytes, fastPath ? inflateMember : undefined);
  const encoded = fastPath ? encodedAsItCame(inflated, index, record, settings) : undefined;
  if (encoded) {
    const { events, logGroup, member, receipt } = encoded;
    progress.read([{ logGroup, events, member, receipt }]);
    return encoded.lines();
  }
  // A dead letter may be a part of it.
  const parts = recordParts(record, settings, kept(inflated));
  const prepared = fastPath ? fastPathParts(parts, inflated, index, record, settings) : undefined;
  progress.decoded(parts, prepared?.receipt);
  if (prepared) return prepared.lines();
  return linesOfSources(eventSources(envelopesIn(parts), record, settings.indexLayouts, settings.parsing), index);
}

function encodedAsItCame(
  inflated: Inflated | Undecodable,
  index: number,
  record: KinesisRecord,
  settings: EventSettings,
): FastPathRecord | undefined {
  if (!settings.byLogGroup) {
    return preparesAny(settings) ? undefined : fastPathRecord(inflated, index, record, settings);
  }
  const isLeft = (logGroup: string) => arePrepared(settings, logGroup);
  return fastPathRecord(inflated, index, record, { ...settings, isLeft });
}

/** Writes what joining and rules have changed of a record as CloudWatch Logs would, for the encoder: that takes less time than the plain path. */
function fastPathParts(
  parts: readonly PreparedPart[],
  inflated: Inflated | Undecodable,
  index: number,
  record: KinesisRecord,
  settings: EventSettings,
): FastPathRecord | undefined {
  const [part] = parts;
  if (parts.length !== 1 || part!.kind !== "events") return undefined;
  const { envelope, member, isAsItCame } = part as PreparedPart & DecodedEnvelope;
  // The encoder could not read it as it came.
  if (!arePrepared(settings, envelope.logGroup)) return undefined;
  const unchanged = isAsItCame && fastPathRecord(inflated, index, record, settings);
  if (unchanged) return unchanged;
  let length = 0;
  for (const { message } of envelope.logEvents) length += message.length;
  if (length === 0 || length > MAX_WRITTEN_LENGTH) return undefined;
  return fastPathRecord(
    { kind: "inflated", bytes: Buffer.from(JSON.stringify(envelope)), member },
    index,
    record,
    settings,
  );
}

function* linesOfSources(sources: readonly EventSource[], record: number): Generator<Lines> {
  for (const source of sources) yield* sourceLines(source, record);
}
