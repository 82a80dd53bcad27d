import type { DeliveryMetric } from "../metrics/delivery";
import type { DeliveryObserver } from "../sinks/opensearch/delivery-observer";
import type { DeliveryProgress } from "../sinks/sink";
import type { InvocationReport } from "./invocation-report";

type Report = Pick<InvocationReport<DeliveryMetric>, "add" | "failed">;

/** Counts in `report` what a delivery does. @param where failures are: see `failed` */
export function reportingObserver(report: Report, where = "search"): DeliveryObserver {
  return {
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
      report.failed(where, reason);
      report.add("RetriedEvents", events);
    },
  };
}

/** Counts in `report` what becomes of events. */
export function reportingProgress(report: Report): DeliveryProgress {
  return {
    delivered({ count }, alreadyPresent) {
      if (alreadyPresent) report.add("AlreadyIndexedEvents", count);
    },
    rejected: () => report.add("RejectedEvents"),
  };
}
