import { EventProgress } from "../core/pipelines/batch-progress";
import type { LaneSettings } from "../core/pipelines/message-settings";
import { preparedEnvelope, preparedPart } from "../core/pipelines/record-parts";
import { RecordProgress } from "../core/pipelines/record-progress";
import type { RuleCounts } from "../core/rules/rule-set";
import { envelopesIn } from "../core/sources/kinesis/decode-record";
import type { LaneMessages } from "./lane-messages";
import type { ReplayRecord } from "./records";

/** A record with the events that today's rules leave of it, as they leave them. */
export interface RuledRecord extends Pick<ReplayRecord, "origin" | "envelopes"> {
  settings: LaneSettings;
  /** Of a whole record a RecordProgress, which the archive is written from. */
  progress: EventProgress;
  /** Of each envelope. */
  counts: readonly RuleCounts[];
}

/**
 * Applies to a record what the function of its stream does now with its log groups; its events are joined already.
 *
 * @throws StoppedError, see `LaneMessages`
 */
export function ruledRecord(
  { origin, envelopes, original, stream }: ReplayRecord,
  messages: LaneMessages,
): RuledRecord {
  if (original) {
    const logGroups = envelopesIn(original.parts).map(({ logGroup }) => logGroup);
    const settings = messages.ofLane(logGroups, original.record.stream);
    const parts = original.parts.map((part) => preparedPart(part, settings));
    const progress = new RecordProgress(original.record);
    progress.decoded(parts);
    return { origin, envelopes: envelopesIn(parts), settings, progress, counts: progress.ruleCounts };
  }
  // What is archived in a line came in one envelope.
  const settings = messages.of(envelopes[0]!.logGroup, stream);
  const prepared = envelopes.map((envelope) => preparedEnvelope(envelope, { ...settings, joining: undefined }));
  const indexed = prepared.map((envelope) => envelope.indexed);
  const progress = new EventProgress(indexed.reduce((sum, { logEvents }) => sum + logEvents.length, 0));
  return { origin, envelopes: indexed, settings, progress, counts: prepared.flatMap(({ counts }) => counts ?? []) };
}
