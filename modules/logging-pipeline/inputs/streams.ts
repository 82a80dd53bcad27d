import { ENVIRONMENT } from "../../../core/settings/environment";
import { matching } from "../../inputs/rules";
import { field, map, number, object, string } from "../../inputs/schema";
import { acceptedText } from "./environment";
import { laneInputs } from "./lane-inputs";
import { messageSettings } from "./message-settings";
import { concurrency, shardCount } from "./stream-settings";
import { fieldsAreRead, parserWrites } from "./without-effect";

/** Short enough for a function's name, and part of an index's name, as what applications write to the stream needs it. */
const streamName = matching(
  /^[a-z0-9][a-z0-9-]{0,27}$/,
  "1 to 28 of a-z 0-9 -, the first a letter or digit: the stream is called <name>_<this>",
  "Lambda API Reference, CreateFunction: FunctionName",
);

const pipelines = (name: keyof typeof laneInputs, terraformName: string, what: string) =>
  field(number(...laneInputs[name].schema.rules), null, `${what}. null: \`${terraformName}\``);

/** Streams that log groups share, by name. */
export const streams = map(
  object(
    {
      shards: field(shardCount.schema, 1, shardCount.description),
      retentionHours: pipelines("streamRetentionHours", "stream_retention_hours", "retention of the stream, in hours"),
      batchSize: pipelines("batchSize", "batch_size", "maximum number of records per invocation"),
      maximumBatchingWindowInSeconds: pipelines(
        "maximumBatchingWindowInSeconds",
        "maximum_batching_window_in_seconds",
        "maximum time that Lambda gathers records, in seconds",
      ),
      parallelizationFactor: pipelines(
        "parallelizationFactor",
        "parallelization_factor",
        "number of concurrent batches per shard",
      ),
      functionMemoryMib: pipelines("functionMemoryMib", "function_memory_mib", "memory of the function, in MiB"),
      functionTimeoutSeconds: pipelines(
        "functionTimeoutSeconds",
        "function_timeout_seconds",
        "timeout of an invocation, in seconds",
      ),
      reservedConcurrentExecutions: concurrency,
      timeField: field(
        string(acceptedText(ENVIRONMENT.TIME_FIELD)),
        ENVIRONMENT.TIME_FIELD.default,
        "as in `log_groups`: field that holds an event's time, in JSON that applications write to the stream themselves",
      ),
      ...messageSettings(),
    },
    fieldsAreRead("parser"),
    parserWrites,
  ),
  [streamName],
);
