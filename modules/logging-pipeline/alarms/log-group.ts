import { above, periodsIn } from "../../aws/alarm-threshold";
import type { Alarm } from "../../aws/alarms";
import { type Expression, hcl, written } from "../../terraform/expression";
import type { Context } from "../context";

/** Name of the stream, the subscription filters and the function of a lane. */
const NAME = written("lane.name");

/**
 * The dimension DestinationType of a subscription filter has values that no page of AWS names, and an alarm on a metric takes its
 * dimensions by their values. The query does without: the name of the filter is the pipeline's alone, and that of all filters of a shared stream.
 */
const ofFilter = (metric: string): Expression =>
  hcl`join("", [${`SELECT SUM(${metric}) FROM SCHEMA("AWS/Logs", DestinationType, FilterName, LogGroupName) WHERE FilterName = '`}, ${NAME}, "'"])`;

/** The alarms of a lane, where `lane` has its name, and `lane_key` is its key. */
export function logGroupAlarms({ inputs }: Context): Record<string, Alarm> {
  const failing = periodsIn(inputs.alarms.failingMinutes);
  const sum = (namespace: string, metric: string, dimension: string) => ({
    ...{ namespace, metric },
    dimensions: { [dimension]: NAME },
    statistic: "Sum" as const,
  });
  const about = (text: string) =>
    hcl`join("", [lane.log_group == null ? "Stream " : "Log group ", lane_key, ${`: ${text}`}])`;
  return {
    function_errors: {
      ...sum("AWS/Lambda", "Errors", "FunctionName"),
      ...above(0, failing),
      description: about(
        "its function's invocations fail, do not start, run out of time or are killed; Lambda retries the records. Look at error in the function's log, and at its memory.",
      ),
    },
    function_throttles: {
      ...sum("AWS/Lambda", "Throttles", "FunctionName"),
      ...above(0, failing),
      description: about(
        "Lambda does not start its function, for lack of concurrency in the account; the records wait. Raise the quota, or reserve less for others.",
      ),
    },
    delivery_errors: {
      query: ofFilter("DeliveryErrors"),
      ...above(0, 1),
      description: about(
        "CloudWatch Logs could not put events into the stream and does not try again if access was denied or the stream is missing: they stay in the log group alone. Look at the role logs-to-kinesis, the key and the stream.",
      ),
    },
    delivery_throttling: {
      query: ofFilter("DeliveryThrottling"),
      ...above(0, failing),
      description: about(
        "the stream takes fewer events than CloudWatch Logs delivers, which tries for 24 hours and then drops them. Raise shards.",
      ),
    },
    stream_write_throttles: {
      ...sum("AWS/Kinesis", "WriteProvisionedThroughputExceeded", "StreamName"),
      ...above(0, failing),
      description: about(
        "writes to its stream are throttled, those of applications, too: a shard takes 1 MB and 1,000 records a second. Raise shards, or spread the partition keys.",
      ),
    },
  };
}
