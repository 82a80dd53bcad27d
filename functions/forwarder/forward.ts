import type { KinesisStreamBatchResponse, KinesisStreamEvent } from "aws-lambda";
import { inParallel } from "../../core/concurrency/in-parallel";
import { archiveObjects, storablePrefix } from "../../core/pipelines/kinesis-to-archive";
import { type EventSettings, kinesisBatch } from "../../core/pipelines/kinesis-to-opensearch";
import { BatchProgress, type RecordProgress } from "../../core/pipelines/record-progress";
import { type RetryIo, UNREACHABLE_TRIES } from "../../core/retry/retry";
import { type PutIo, putObject } from "../../core/sinks/archive/put-object";
import { type OpenSearchOptions, openSearchSink } from "../../core/sinks/opensearch/opensearch-sink";
import type { DeliveryProgress } from "../../core/sinks/sink";
import { kinesisRecord } from "../../core/sources/kinesis/record";
import { InvocationReport } from "./invocation-report";

const PUT_REQUESTS = 8;

/** Time that one object is expected to take, in milliseconds: 80 ms for a PUT, with eight in flight. */
const PUT_MS = 10;

/** Time at the end of an invocation to report, before Lambda ends the function without a log line. */
const REPORT_RESERVE_MS = 500;

/** The part of an invocation's time that is kept for the archive: a quarter, but no more than 30 s. */
const archiveReserveMs = (totalMs: number) => Math.min(30_000, Math.floor(totalMs / 4));

export interface ForwardSettings extends EventSettings {
  archivePrefix: string;
  /** Namespace of the metrics in the invocation's line; "": none. */
  metricsNamespace: string;
}

export interface ForwardIo extends Omit<RetryIo, "unreachableTries"> {
  settings: ForwardSettings;
  search: Omit<OpenSearchOptions, "retry" | "observer" | "monotonicMs">;
  archive: Omit<PutIo, "retry" | "failed">;
  /** The time, in milliseconds since the epoch. */
  now(): number;
  /** Milliseconds of a monotonic clock. */
  monotonicMs(): number;
  /** Writes the invocation's line to the function's own log. */
  log(line: Record<string, unknown>): void;
}

/**
 * Delivers a batch, archives the prefix of records that are settled, and reports the first that is not.
 *
 * A record is settled when each of its events is indexed or rejected, or when it is dead-lettered. Records before the first
 * unsettled one are acknowledged; Lambda retries that one and all after it.
 *
 * @throws DeliveryError, ArchiveError: nothing is acknowledged, Lambda retries the whole batch
 */
export async function forward(event: KinesisStreamEvent, io: ForwardIo): Promise<KinesisStreamBatchResponse> {
  const report = new InvocationReport(io.monotonicMs);
  try {
    return await report.timed("Duration", () => forwardReporting(event, io, report));
  } catch (error) {
    report.values.UnprocessedRecords = event.Records.length;
    report.failedWith(error);
    throw error;
  } finally {
    io.log(report.line(io.settings.metricsNamespace, io.now()));
  }
}

async function forwardReporting(event: KinesisStreamEvent, io: ForwardIo, report: InvocationReport) {
  const reserveMs = archiveReserveMs(io.remainingMs());
  const records = event.Records.map(kinesisRecord);
  report.add("Records", records.length);
  for (const { data } of records) report.add("ReceivedBytes", data.length);
  report.add("IteratorAge", Math.max(0, io.now() - (records.at(-1)?.arrival ?? io.now())));
  const batch = new BatchProgress(records);
  await report.timed("DeliveryDuration", () => deliver(batch, retryUntil(reserveMs, io), io, report));
  const acknowledged = storablePrefix(batch.settledPrefix, Math.ceil(reserveMs / PUT_MS));
  await report.timed("ArchiveDuration", () => archive(acknowledged, io, report));
  report.add("DeadLetteredRecords", acknowledged.filter(({ deadLetterReason }) => deadLetterReason).length);
  report.add("UnprocessedRecords", records.length - acknowledged.length);
  const first = records[acknowledged.length];
  return { batchItemFailures: first ? [{ itemIdentifier: first.sequenceNumber }] : [] };
}

/** Retries until `reserveMs` of the invocation's time are left. */
function retryUntil(reserveMs: number, { remainingMs, sleep, random }: ForwardIo): RetryIo {
  return { remainingMs: () => remainingMs() - reserveMs, sleep, random, unreachableTries: UNREACHABLE_TRIES };
}

async function deliver(batch: BatchProgress, retry: RetryIo, io: ForwardIo, report: InvocationReport): Promise<void> {
  const sink = openSearchSink({
    ...io.search,
    monotonicMs: io.monotonicMs,
    retry,
    observer: {
      packed(events, durationMs) {
        report.add("Events", events);
        report.add("DecodeDuration", durationMs);
      },
      sent(bytes) {
        report.add("BulkRequests");
        report.add("SentBytes", bytes);
      },
      sentAsText: () => report.add("SentAsTextEvents"),
      failed(reason, events) {
        report.failed("search", reason);
        report.add("RetriedEvents", events);
      },
    },
  });
  const progress: DeliveryProgress = {
    delivered(events, alreadyPresent) {
      batch.delivered(events);
      if (alreadyPresent) report.add("AlreadyIndexedEvents", events.count);
    },
    rejected(event, rejection) {
      batch.rejected(event, rejection);
      report.add("RejectedEvents");
    },
  };
  await sink.deliver(kinesisBatch(batch.records, io.settings, retry.remainingMs), progress);
}

async function archive(acknowledged: readonly RecordProgress[], io: ForwardIo, report: InvocationReport) {
  const put: PutIo = {
    ...io.archive,
    retry: retryUntil(REPORT_RESERVE_MS, io),
    failed: (reason) => report.failed("archive", reason),
  };
  const objects = archiveObjects(io.settings.archivePrefix, acknowledged, io.settings);
  await inParallel(PUT_REQUESTS, objects, async (object) => {
    await putObject(object, put);
    report.add("ArchivedBytes", object.body.length);
  });
}
