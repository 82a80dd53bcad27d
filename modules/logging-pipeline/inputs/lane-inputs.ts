import { between } from "../../inputs/rules";
import { field, number } from "../../inputs/schema";

const createEventSourceMapping = "Lambda API Reference, CreateEventSourceMapping";
const lambdaQuotas = "Lambda Developer Guide, Lambda quotas";

/** What all streams and their functions have that say nothing else. */
export const laneInputs = {
  batchSize: field(
    number(between(1, 10_000, createEventSourceMapping)),
    1_000,
    "Maximum number of records per invocation. Lambda also limits a batch to 6 MB.",
  ),
  maximumBatchingWindowInSeconds: field(
    number(between(0, 300, createEventSourceMapping)),
    5,
    "Maximum time that Lambda gathers records before it invokes the function, in seconds. A longer window costs less and delivers later.",
  ),
  parallelizationFactor: field(
    number(between(1, 10, createEventSourceMapping)),
    1,
    "Number of concurrent batches per shard. The order within a log stream is kept.",
  ),
  streamRetentionHours: field(
    number(between(24, 8_760, "Kinesis Data Streams API Reference, IncreaseStreamRetentionPeriod")),
    24,
    "Retention of the streams, in hours. The function retries records throughout an outage of the search endpoint until " +
      "an hour before they expire, for 7 days at most. Then Lambda writes them to the archive bucket.",
  ),
  functionMemoryMib: field(
    number(between(128, 10_240, lambdaQuotas)),
    512,
    "Memory of the forwarder, in MiB. Lambda allocates CPU in proportion. A record may inflate to a sixteenth of it, and to 32 MiB at most.",
  ),
  functionTimeoutSeconds: field(
    number(between(10, 900, lambdaQuotas)),
    120,
    "Timeout of an invocation, retries included, in seconds. Less than 10 would leave no time for a retry.",
  ),
};
