import type { IndexSetup } from "../../core/indices/index-setup";
import type { METRICS } from "../../core/metrics/forwarder";
import { type EventSettings, kinesisBatch } from "../../core/pipelines/kinesis-to-opensearch";
import { streamBatch } from "../../core/pipelines/kinesis-to-stream";
import type { KinesisProgress } from "../../core/pipelines/record-progress";
import { reportingObserver, reportingProgress } from "../../core/report/delivery-report";
import type { InvocationReport } from "../../core/report/invocation-report";
import type { RetryIo } from "../../core/retry/retry";
import { broadcast } from "../../core/sinks/broadcast";
import { type KinesisSinkOptions, kinesisSink } from "../../core/sinks/kinesis/kinesis-sink";
import { type OpenSearchOptions, openSearchSink } from "../../core/sinks/opensearch/opensearch-sink";

export type ForwarderReport = InvocationReport<keyof typeof METRICS>;

/** Events go to a search endpoint. */
export interface ToSearch {
  search: Omit<OpenSearchOptions, "retry" | "observer" | "monotonicMs">;
  /** Runs before the first write. */
  indexSetup: IndexSetup;
  stream?: undefined;
}

/** Events go to a Kinesis stream. */
export interface ToStream {
  stream: Omit<KinesisSinkOptions, "retry" | "observer" | "monotonicMs">;
}

export type DeliverIo = (ToSearch | ToStream) & {
  settings: EventSettings;
  /** Milliseconds of a monotonic clock. */
  monotonicMs(): number;
};

/**
 * Delivers the events of a batch to wherever they go.
 *
 * @throws DeliveryError, StreamError
 */
export async function deliverBatch(
  batch: KinesisProgress,
  retry: RetryIo,
  io: DeliverIo,
  report: ForwarderReport,
): Promise<void> {
  const { settings } = io;
  const progress = broadcast(batch, reportingProgress(report));
  const remainingMs = () => (batch.hasRoom ? retry.remainingMs() : 0);
  const where = io.stream ? "stream" : "search";
  const options = { monotonicMs: io.monotonicMs, retry, observer: reportingObserver(report, where) };
  try {
    if (io.stream) {
      await kinesisSink({ ...io.stream, ...options }).deliver(
        streamBatch(batch.records, settings, remainingMs),
        progress,
      );
    } else {
      for (const warning of await io.indexSetup(retry.remainingMs())) {
        report.add("IndexSetupWarnings");
        report.warned(warning);
      }
      await openSearchSink({ ...io.search, ...options }).deliver(
        kinesisBatch(batch.records, settings, remainingMs),
        progress,
      );
    }
  } finally {
    const { parsed = 0, failed = 0 } = settings.parsing?.takeCounts() ?? {};
    report.add("ParsedEvents", parsed);
    report.add("FailedParses", failed);
  }
  if (!batch.hasRoom) report.failed(where, "too many rejected events for one invocation");
}
