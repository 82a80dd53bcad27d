import type { KinesisStreamBatchResponse, KinesisStreamEvent } from "aws-lambda";
import { inParallel } from "../../core/concurrency/in-parallel";
import { archiveObjects, storablePrefix } from "../../core/pipelines/kinesis-to-archive";
import { bulkRequests, type EventSettings, textWriter } from "../../core/pipelines/kinesis-to-opensearch";
import { type RetryIo, UNREACHABLE_TRIES } from "../../core/retry/retry";
import { type PutIo, putObject } from "../../core/sinks/archive/put-object";
import { giveBack } from "../../core/sinks/opensearch/buffer-pool";
import { type DeliveryIo, deliver } from "../../core/sinks/opensearch/deliver";
import { type BatchRecord, batchRecord } from "../../core/sources/kinesis/batch-record";
import { InvocationReport } from "./invocation-report";

const PUT_REQUESTS = 8;

/** What is reckoned for one object, in milliseconds: 80 ms for a PUT, of which eight are under way. */
const PUT_MS = 10;

/** The end of an invocation's time: room to report, before Lambda ends the function without a word. */
const REPORT_RESERVE_MS = 500;

/** The part of an invocation's time that is kept for the archive: a quarter, but no more than 30 s. */
const archiveReserveMs = (totalMs: number) => Math.min(30_000, Math.floor(totalMs / 4));

export interface ForwardSettings extends EventSettings {
  archivePrefix: string;
  /** How many `_bulk` requests are under way at the same time; each holds up to `bulkMaxBytes`. */
  bulkRequests: number;
  /** Of the metrics in the invocation's line; "": none. */
  metricsNamespace: string;
}

export interface ForwardIo extends Omit<RetryIo, "unreachableTries"> {
  settings: ForwardSettings;
  search: Pick<DeliveryIo, "send" | "endpoint" | "requestTimeoutMs">;
  archive: Pick<PutIo, "send" | "bucket" | "pathPrefix" | "requestTimeoutMs">;
  /** The time, in milliseconds since the epoch. */
  now(): number;
  /** Takes the invocation's line for the function's own log. */
  log(line: Record<string, unknown>): void;
}

/**
 * Delivers a batch, archives the prefix of records that are finished, and reports the first that is not.
 *
 * A record is finished when each of its events is indexed or rejected, or when it is set aside whole. Records before
 * the first unfinished one are acknowledged; that one and all behind it come again.
 *
 * @throws DeliveryError, ArchiveError: nothing is acknowledged, the whole batch comes again
 */
export async function forward(event: KinesisStreamEvent, io: ForwardIo): Promise<KinesisStreamBatchResponse> {
  const report = new InvocationReport(io.now);
  try {
    return await report.timed("Duration", () => forwardReporting(event, io, report));
  } catch (error) {
    report.values.GivenBackRecords = event.Records.length;
    report.endedBy(error);
    throw error;
  } finally {
    io.log(report.line(io.settings.metricsNamespace, io.now()));
  }
}

async function forwardReporting(event: KinesisStreamEvent, io: ForwardIo, report: InvocationReport) {
  const reserveMs = archiveReserveMs(io.remainingMs());
  const records = event.Records.map(batchRecord);
  report.add("Records", records.length);
  for (const { data } of records) report.add("ReceivedBytes", data.length);
  report.add("IteratorAge", Math.max(0, io.now() - (records.at(-1)?.arrival ?? io.now())));
  await report.timed("DeliveryDuration", () => deliverEvents(records, reserveMs, io, report));
  const unfinished = records.findIndex((record) => record.open > 0);
  const finished = unfinished < 0 ? records : records.slice(0, unfinished);
  const acknowledged = storablePrefix(finished, Math.ceil(reserveMs / PUT_MS));
  await report.timed("ArchiveDuration", () => archive(acknowledged, io, report));
  report.add("DeadLetteredRecords", acknowledged.filter(({ deadLetter }) => deadLetter).length);
  report.add("GivenBackRecords", records.length - acknowledged.length);
  const first = records[acknowledged.length];
  return { batchItemFailures: first ? [{ itemIdentifier: first.sequenceNumber }] : [] };
}

/** Tries go on until `reserveMs` of the invocation's time are left. */
function retryIo({ remainingMs, sleep, random }: ForwardIo, reserveMs: number): RetryIo {
  return { remainingMs: () => remainingMs() - reserveMs, sleep, random, unreachableTries: UNREACHABLE_TRIES };
}

async function deliverEvents(records: BatchRecord[], reserveMs: number, io: ForwardIo, report: InvocationReport) {
  const delivery: DeliveryIo = {
    ...io.search,
    ...retryIo(io, reserveMs),
    textLines: textWriter(records, io.settings),
    sent: (bytes) => {
      report.add("BulkRequests");
      report.add("SentBytes", bytes);
    },
    indexed: ({ record, count }, alreadyPresent) => {
      records[record]!.open -= count;
      if (alreadyPresent) report.add("AlreadyPresentEvents", count);
    },
    conflicted: () => report.add("ConflictingEvents"),
    rejected: (item, refusal) => {
      const record = records[item.record]!;
      record.rejections.push({ position: item.position, refusal });
      record.open--;
      report.add("RejectedEvents");
    },
    failed: (reason, items) => {
      report.failed("search", reason);
      report.add("RetriedEvents", items);
    },
  };
  const requests = report.timedItems("DecodeDuration", bulkRequests(records, io.settings, delivery.remainingMs));
  await inParallel(io.settings.bulkRequests, requests, async (request) => {
    report.add("Events", request.ends.length);
    await deliver(request, delivery);
    giveBack(request);
  });
}

async function archive(acknowledged: BatchRecord[], io: ForwardIo, report: InvocationReport): Promise<void> {
  const put: PutIo = {
    ...io.archive,
    ...retryIo(io, REPORT_RESERVE_MS),
    failed: (reason) => report.failed("archive", reason),
  };
  const objects = archiveObjects(io.settings.archivePrefix, acknowledged, io.settings);
  await inParallel(PUT_REQUESTS, objects, async (object) => {
    await putObject(object, put);
    report.add("ArchivedBytes", object.body.length);
  });
}
