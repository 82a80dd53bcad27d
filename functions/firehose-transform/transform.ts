import type { FirehoseTransformationEvent, FirehoseTransformationResult } from "aws-lambda";
import { FIREHOSE_TRANSFORM_METRICS } from "../../core/metrics/firehose-transform";
import { type FirehoseSettings, firehoseDocuments } from "../../core/pipelines/firehose-documents";
import { InvocationReport } from "../../core/report/invocation-report";
import type { RuleCounts } from "../../core/rules/rule-set";
import {
  type FirehoseRecord,
  firehoseRecord,
  firehoseSource,
  isGzipped,
} from "../../core/sources/firehose/firehose-record";
import { BatchInflation } from "../../core/sources/firehose/record-lines";
import { TransformResponse } from "./response";

/** The part of an invocation's time in which no further record is read: a quarter, but no more than 5 s, to return the response. */
const responseReserveMs = (totalMs: number) => Math.min(5_000, totalMs / 4);

export interface TransformIo {
  settings: FirehoseSettings & {
    /** Namespace of the metrics in the invocation's line; "": none. */
    metricsNamespace: string;
  };
  /** Milliseconds until Lambda ends the invocation. */
  remainingMs(): number;
  /** The time, in milliseconds since the epoch. */
  now(): number;
  /** Milliseconds of a monotonic clock. */
  monotonicMs(): number;
  /** Writes the invocation's line to the function's own log. */
  log(line: Record<string, unknown>): void;
}

type TransformReport = InvocationReport<keyof typeof FIREHOSE_TRANSFORM_METRICS>;

/**
 * Makes documents of the records of a Firehose stream, and returns one result for each. No record affects another: what cannot be
 * transformed, has no room in the response or no time left fails by itself, and Firehose writes it to the bucket's prefix of errors.
 *
 * Source: Firehose Developer Guide, "Required parameters for data transformation".
 */
export async function transform(
  event: FirehoseTransformationEvent,
  io: TransformIo,
): Promise<FirehoseTransformationResult> {
  const report: TransformReport = new InvocationReport(FIREHOSE_TRANSFORM_METRICS, io.monotonicMs);
  try {
    return await report.timed("Duration", async () => ({ records: resultsOf(event, io, report) }));
  } finally {
    io.log(report.line(io.settings.metricsNamespace, io.now()));
  }
}

function resultsOf(event: FirehoseTransformationEvent, io: TransformIo, report: TransformReport) {
  const reserveMs = responseReserveMs(io.remainingMs());
  const source = firehoseSource(event);
  const records = event.records.map((record) => firehoseRecord(record, io.now()));
  const response = new TransformResponse(records);
  const inflation = new BatchInflation();
  // Few bytes of gzip may take much time, which the others must not lack.
  const [gzipped, others] = [records.filter(isGzipped), records.filter((record) => !isGzipped(record))];
  for (const record of [...others, ...gzipped]) {
    report.add("Records");
    report.add("ReceivedBytes", Buffer.byteLength(record.base64, "base64"));
    const reason =
      io.remainingMs() > reserveMs ? add(record) : "no time is left: make the buffer of the transformation smaller";
    if (reason === undefined) continue;
    response.failed(record);
    report.add("FailedRecords");
    report.failed("record", reason);
  }
  const { parsed, failed } = io.settings.parsing.takeCounts();
  report.add("ParsedEvents", parsed);
  report.add("FailedParses", failed);
  return response.records;

  /** @returns why the record fails */
  function add(record: FirehoseRecord): string | undefined {
    const made = madeOf(record);
    if (made.kind === "undecodable") return made.reason;
    const { count, data, counts } = made;
    if (count === 0) {
      response.dropped(record);
      report.add("DroppedRecords");
    } else {
      response.ok(record, data);
      report.add("Events", count);
      report.add("SentBytes", data.length);
    }
    if (counts) reportRules(counts, report);
    return undefined;
  }

  /** A defect of the library must not fail the whole batch, which Firehose would send again. */
  function madeOf(record: FirehoseRecord): ReturnType<typeof firehoseDocuments> {
    try {
      return firehoseDocuments(record, source, io.settings, { bytes: response.roomFor(record), inflation });
    } catch (error) {
      return { kind: "undecodable", reason: `a defect of the library: ${(error as Error).name}` };
    }
  }
}

function reportRules({ dropped, sampledOut, redacted, failed }: RuleCounts, report: TransformReport): void {
  report.add("DroppedEvents", dropped);
  report.add("SampledOutEvents", sampledOut);
  report.add("RedactedEvents", redacted);
  report.add("FailedRules", failed);
}
