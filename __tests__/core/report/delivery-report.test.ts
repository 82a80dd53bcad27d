import { DELIVERY_METRICS } from "../../../core/metrics/delivery";
import type { MetricDefinition } from "../../../core/metrics/metric-definition";
import { reportingObserver, reportingProgress } from "../../../core/report/delivery-report";
import { InvocationReport } from "../../../core/report/invocation-report";

/** The metrics of a function of another source than the forwarder's. */
const OBJECT_METRICS = {
  Objects: { unit: "Count", meaning: "objects in the batch" },
  ...DELIVERY_METRICS,
} as const satisfies Record<string, MetricDefinition>;

describe("the report of a delivery", () => {
  it("counts requests, events and retryable failures beside a function's own metrics", () => {
    const report = new InvocationReport(OBJECT_METRICS, () => 0);
    report.add("Objects", 2);
    const observer = reportingObserver(report);
    observer.packed(5, 7);
    observer.packed(1, 2);
    observer.sent(100);
    observer.sent(20);
    observer.sentAsText();
    observer.failed("429 busy", 3);
    expect(report.line("", 0)).toEqual({
      ...{ Objects: 2, Events: 6, DecodeDuration: 9, BulkRequests: 2, SentBytes: 120, SentAsTextEvents: 1 },
      ...{ RetriedEvents: 3, AlreadyIndexedEvents: 0, RejectedEvents: 0, DeliveryDuration: 0 },
      failures: { "search: 429 busy": 1 },
    });
  });

  it("counts events that were there before, and those that are rejected", () => {
    const report = new InvocationReport(DELIVERY_METRICS, () => 0);
    const progress = reportingProgress(report);
    progress.delivered({ record: 0, position: 0, count: 4 }, false);
    progress.delivered({ record: 0, position: 4, count: 2 }, true);
    progress.rejected({ record: 0, position: 6 }, "no");
    expect(report.line("", 0)).toMatchObject({ AlreadyIndexedEvents: 2, RejectedEvents: 1 });
  });
});
