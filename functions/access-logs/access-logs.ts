import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { atMost } from "../../core/concurrency/at-most";
import { inParallel } from "../../core/concurrency/in-parallel";
import { ACCESS_LOGS_METRICS } from "../../core/metrics/access-logs";
import { InvocationReport } from "../../core/report/invocation-report";
import { retryUntil } from "../../core/retry/retry";
import { SourceObjectError } from "../../core/sources/s3/object-error";
import type { AccessLogsIo, AccessLogsReport, InvocationIo } from "./io";
import { deliverMessage } from "./message";

/** The part of an invocation's time that is kept for quarantine and continuations: a quarter, but no more than 30 s. */
const deliveryReserveMs = (totalMs: number) => Math.min(30_000, Math.floor(totalMs / 4));

/** Of that time: what is left for messages when no object is quarantined any more, and for the report when no message is sent. */
const QUEUE_SHARE = 1 / 2;
const REPORT_SHARE = 1 / 8;

/**
 * Delivers the objects that a batch of messages names.
 *
 * A message is acknowledged when each line of its objects is indexed or quarantined, or when a message for the rest of it is on the
 * queue. Every other one goes back to the queue, which delivers it again, and after some times to the dead-letter queue.
 *
 * @throws what stopped all messages of a batch, if nothing of it was acknowledged: Lambda counts it, and slows down
 */
export async function deliverAccessLogs(event: SQSEvent, io: AccessLogsIo): Promise<SQSBatchResponse> {
  const report: AccessLogsReport = new InvocationReport(ACCESS_LOGS_METRICS, io.monotonicMs);
  try {
    return await report.timed("Duration", () => deliverReporting(event, io, report));
  } finally {
    io.log(report.line(io.settings.metricsNamespace, io.now()));
  }
}

async function deliverReporting(event: SQSEvent, io: AccessLogsIo, report: AccessLogsReport) {
  report.add("Messages", event.Records.length);
  const reserveMs = deliveryReserveMs(io.remainingMs());
  const delivery = retryUntil(reserveMs, io);
  for (const warning of await io.indexSetup(delivery.remainingMs())) {
    report.add("IndexSetupWarnings");
    report.warned(warning);
  }
  const open = io.reader({
    retry: delivery,
    received: (bytes) => report.add("ReceivedBytes", bytes),
    failed: (reason) => report.failed("source", reason),
  });
  const { bulkRequests } = io.search;
  const invocation: InvocationIo = {
    ...io,
    ...{ report, delivery, open, limited: atMost(bulkRequests) },
    quarantining: retryUntil(reserveMs * QUEUE_SHARE, io),
    queueing: retryUntil(reserveMs * REPORT_SHARE, io),
  };
  const failed = new Map<string, unknown>();
  await report.timed("DeliveryDuration", () =>
    inParallel(bulkRequests, event.Records, async (record) => {
      const unprocessed = await deliverMessage(record, invocation);
      if (unprocessed) failed.set(record.messageId, unprocessed.error);
    }),
  );
  reportEnd(failed, invocation);
  const errors = [...failed.values()].filter((error) => error !== undefined);
  if (errors.length > 0) {
    report.failedWith(errors[0]);
    // An object that cannot be read is no reason to slow down others.
    if (errors.length === event.Records.length && !errors.some(isOfObject)) throw errors[0];
  }
  return { batchItemFailures: [...failed.keys()].map((itemIdentifier) => ({ itemIdentifier })) };
}

const isOfObject = (error: unknown): boolean => error instanceof SourceObjectError;

function reportEnd(failed: ReadonlyMap<string, unknown>, { report, settings }: InvocationIo): void {
  const { parsed, failed: failedParses } = settings.parsing.takeCounts();
  report.add("ParsedEvents", parsed);
  report.add("FailedParses", failedParses);
  report.add("UnprocessedMessages", failed.size);
}
