import { type CloudWatchClient, type MetricDatum, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { embeddedMetrics } from "./embedded-metrics";

/** How long metrics are buffered before they are put. */
const DELAY_MS = 500;

/** Source: CloudWatch API Reference "PutMetricData": maximum number of metrics per request. */
const MAX_METRICS = 1_000;

export interface MetricsPublisher {
  /** Buffers the metrics of a line that a function logs. */
  add(line: string): void;
  /** Puts the buffered metrics. */
  stop(): Promise<void>;
}

/** Puts the metrics of a function's lines into CloudWatch. @param onProblem called when metrics could not be put */
export function publishMetrics(
  cloudwatch: Pick<CloudWatchClient, "send">,
  onProblem: (problem: string) => void,
): MetricsPublisher {
  let waiting = new Map<string, MetricDatum[]>();
  let timer: NodeJS.Timeout | undefined;
  let last = Promise.resolve();

  const put = async (Namespace: string, MetricData: MetricDatum[]) => {
    try {
      await cloudwatch.send(new PutMetricDataCommand({ Namespace, MetricData }));
    } catch (error) {
      onProblem(`${MetricData.length} metrics of ${Namespace} cannot be put into CloudWatch: ${error}`);
    }
  };
  const flush = async () => {
    clearTimeout(timer);
    timer = undefined;
    const taken = waiting;
    waiting = new Map();
    for (const [namespace, data] of taken) {
      for (let start = 0; start < data.length; start += MAX_METRICS) {
        await put(namespace, data.slice(start, start + MAX_METRICS));
      }
    }
  };
  const flushAfterLast = () => {
    last = last.then(flush);
    return last;
  };
  return {
    add(line) {
      for (const { namespace, datum } of embeddedMetrics(line)) {
        const data = waiting.get(namespace) ?? [];
        waiting.set(namespace, data);
        data.push(datum);
      }
      if (waiting.size > 0) timer ??= setTimeout(flushAfterLast, DELAY_MS).unref();
    },
    stop: flushAfterLast,
  };
}
