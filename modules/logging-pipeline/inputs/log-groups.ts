import { retentionInDays } from "../../inputs/limits";
import { between, matching, size } from "../../inputs/rules";
import { bool, field, map, number, object, string } from "../../inputs/schema";

/** One lane of the pipeline for each entry, by the log group's name. */
export const logGroups = map(
  object({
    shards: field(
      number(between(0, 10_000, "Kinesis Data Streams API Reference, UpdateShardCount")),
      1,
      "shards of the stream; each takes in 1 MB/s or 1,000 records/s. 0: an on-demand stream",
    ),
    retentionInDays: field(
      number(retentionInDays),
      365,
      "how long CloudWatch Logs keeps the events; 0: for ever. Not changed when `create` is false",
    ),
    filterPattern: field(
      string(size(0, 1_024, "characters", "CloudWatch Logs API Reference, PutSubscriptionFilter")),
      "",
      "which events are delivered, in CloudWatch's filter pattern syntax. Empty: all",
    ),
    timeField: field(
      string(matching(/^[^\s"]{0,256}$/, "a field's name of up to 256 characters without spaces and quotes")),
      "",
      "the field that holds an event's time, in JSON that applications write to the stream themselves (ISO 8601, or seconds or milliseconds " +
        "since 1970). Empty: the time at which the record arrived",
    ),
    create: field(bool(), true, "false: the log group exists already and is only subscribed"),
  }),
  [
    matching(
      /^[.\-_/#A-Za-z0-9]{1,512}$/,
      "1 to 512 letters, digits and . - _ / #",
      "CloudWatch Logs API Reference, CreateLogGroup",
    ),
  ],
);
