import type { KinesisStreamBatchResponse, KinesisStreamEvent } from "aws-lambda";
import { METRICS } from "../../core/metrics/forwarder";
import { archiveObjects, storablePrefix } from "../../core/pipelines/kinesis-to-archive";
import type { EventSettings } from "../../core/pipelines/kinesis-to-opensearch";
import { kinesisProgress, type RecordProgress } from "../../core/pipelines/record-progress";
import { InvocationReport } from "../../core/report/invocation-report";
import { metricLines } from "../../core/report/metric-lines";
import { type InvocationRetryIo, retryUntil } from "../../core/retry/retry";
import type { MetricSet } from "../../core/rules/metrics/metric-set";
import type { RuleCounts } from "../../core/rules/rule-set";
import type { PutIo } from "../../core/sinks/archive/put-object";
import { PUT_MS, putObjects } from "../../core/sinks/archive/put-objects";
import { kinesisRecord } from "../../core/sources/kinesis/record";
import { deliverBatch, type ForwarderReport, type ToSearch, type ToStream } from "./delivery";

/** Time at the end of an invocation to report, before Lambda ends the function without a log line. */
const REPORT_RESERVE_MS = 500;

/** The part of an invocation's time that is kept for the archive: a quarter, but no more than 30 s. */
const archiveReserveMs = (totalMs: number) => Math.min(30_000, Math.floor(totalMs / 4));

export interface ForwardSettings extends EventSettings {
  archivePrefix: string;
  /** Namespace of the metrics in the invocation's line; "": none. */
  metricsNamespace: string;
}

interface InvocationIo extends InvocationRetryIo {
  settings: ForwardSettings;
  archive: Omit<PutIo, "retry" | "failed">;
  /** The time, in milliseconds since the epoch. */
  now(): number;
  /** Milliseconds of a monotonic clock. */
  monotonicMs(): number;
  /** Writes the invocation's line to the function's own log. */
  log(line: Record<string, unknown>): void;
}

export type ForwardIo = InvocationIo & (ToSearch | ToStream);

/**
 * Delivers a batch, archives the prefix of records that are settled, and reports the first that is not.
 *
 * A record is settled when each of its events is indexed or rejected, or when it is dead-lettered. Records before the first
 * unsettled one are acknowledged; Lambda retries that one and all after it.
 *
 * @throws DeliveryError, StreamError, ArchiveError: nothing is acknowledged, Lambda retries the whole batch
 */
export async function forward(event: KinesisStreamEvent, io: ForwardIo): Promise<KinesisStreamBatchResponse> {
  const report: ForwarderReport = new InvocationReport(METRICS, io.monotonicMs);
  try {
    return await report.timed("Duration", () => forwardReporting(event, io, report));
  } catch (error) {
    report.add("UnprocessedRecords", event.Records.length);
    report.failedWith(error);
    throw error;
  } finally {
    io.log(report.line(io.settings.metricsNamespace, io.now()));
  }
}

async function forwardReporting(event: KinesisStreamEvent, io: ForwardIo, report: ForwarderReport) {
  const reserveMs = archiveReserveMs(io.remainingMs());
  const records = event.Records.map(kinesisRecord);
  report.add("Records", records.length);
  report.add(
    "ReceivedBytes",
    records.reduce((sum, { data }) => sum + data.length, 0),
  );
  report.add("IteratorAge", Math.max(0, io.now() - (records.at(-1)?.arrival ?? io.now())));
  const batch = kinesisProgress(records);
  await report.timed("DeliveryDuration", () => deliverBatch(batch, retryUntil(reserveMs, io), io, report));
  const maxObjects = Math.ceil(reserveMs / PUT_MS);
  const acknowledged = storablePrefix(batch.settledPrefix, maxObjects, io.settings.archiveLayout);
  await report.timed("ArchiveDuration", () => archive(acknowledged, io, report));
  let deadLettered = 0;
  let control = 0;
  let joined = 0;
  for (const { deadLetters, controlMessages, joinedEvents, ruleCounts } of acknowledged) {
    deadLettered += deadLetters.length;
    control += controlMessages;
    joined += joinedEvents;
    for (const counts of ruleCounts) reportRules(counts, report);
  }
  report.add("DeadLetteredRecords", deadLettered);
  report.add("ControlMessages", control);
  report.add("JoinedEvents", joined);
  report.add("UnprocessedRecords", records.length - acknowledged.length);
  logMetrics(acknowledged, io, report);
  const first = records[acknowledged.length];
  return { batchItemFailures: first ? [{ itemIdentifier: first.sequenceNumber }] : [] };
}

function reportRules({ dropped, sampledOut, redacted, failed }: RuleCounts, report: ForwarderReport): void {
  report.add("DroppedEvents", dropped);
  report.add("SampledOutEvents", sampledOut);
  report.add("RedactedEvents", redacted);
  report.add("FailedRules", failed);
}

/** Of acknowledged records alone: Lambda hands over all others again. */
function logMetrics(acknowledged: readonly RecordProgress[], io: ForwardIo, report: ForwarderReport): void {
  const all = acknowledged.flatMap(({ tallies }) => tallies);
  const sets = new Set<MetricSet>(all.map(({ set }) => set));
  for (const set of sets) {
    const sums = set.sum(all.filter((one) => one.set === set));
    for (const [i, metric] of set.metrics.entries()) {
      const sum = sums[i]!;
      for (const line of metricLines(metric, sum, io.settings.metricsNamespace, io.now())) io.log(line);
      if (sum.withoutNumber > 0)
        report.warned(`${metric.name}: ${sum.withoutNumber} events have no number in ${metric.value}`);
      if (sum.failed > 0) report.warned(`${metric.name}: ${sum.failed} events could not be counted`);
    }
  }
}

function archive(acknowledged: readonly RecordProgress[], io: ForwardIo, report: ForwarderReport): Promise<void> {
  return putObjects(archiveObjects(io.settings.archivePrefix, acknowledged, io.settings), {
    ...io.archive,
    retry: retryUntil(REPORT_RESERVE_MS, io),
    failed: (reason) => report.failed("archive", reason),
    stored: (bytes) => report.add("ArchivedBytes", bytes),
  });
}
