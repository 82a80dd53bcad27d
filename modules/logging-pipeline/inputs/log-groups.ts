import { ENVIRONMENT } from "../../../core/settings/environment";
import { INDEX_NAME_PART } from "../../../core/settings/index-history";
import { retentionInDays } from "../../inputs/limits";
import { type InputRule, matching, oneOf, size } from "../../inputs/rules";
import { bool, field, map, number, object, string } from "../../inputs/schema";
import { acceptedText } from "./environment";
import { messageSettings } from "./message-settings";
import { concurrency, shardCount } from "./stream-settings";
import { fieldsAreRead, parserWrites } from "./without-effect";

/** The part of an index's name that stands in for that of a log group. */
export const sharedIndex = matching(
  INDEX_NAME_PART,
  "1 to 100 of a-z 0-9 . _ -, the first a letter or digit",
  "OpenSearch documentation, Create index: Index naming restrictions",
);

export const logGroupName = matching(
  /^[.\-_/#A-Za-z0-9]{1,512}$/,
  "1 to 512 letters, digits and . - _ / #",
  "CloudWatch Logs API Reference, CreateLogGroup",
);

/** Members of an input that is about a subscription. */
export const filterPattern = field(
  string(size(0, 1_024, "characters", "CloudWatch Logs API Reference, PutSubscriptionFilter")),
  "",
  "events to deliver, in CloudWatch Logs filter pattern syntax. Empty: all",
);

export const distribution = field(
  string(oneOf(["ByLogStream", "Random"], "CloudWatch Logs API Reference, PutSubscriptionFilter")),
  "ByLogStream",
  "how CloudWatch Logs spreads events over the shards. ByLogStream: a log stream's all in one, whose 1 MB/s then bound it, in order. " +
    "Random: over all, for a log stream that writes more; its events arrive in any order, and have that of their times in search",
);

const keepsWhatItLeaves: InputRule = {
  about: ["keepOwnStream", "stream"],
  allowed: "keep_own_stream only beside stream: a log group without it has a stream of its own",
  accepts: (value) => Object(value).keepOwnStream !== true || Object(value).stream !== null,
  condition: (value) => `!${value}.keep_own_stream || ${value}.stream != null`,
};

const ownStreamAlone: InputRule = {
  about: ["keepOwnStream", "reservedConcurrentExecutions", "shards", "stream", "timeField"],
  allowed:
    "stream without shards, reserved_concurrent_executions and time_field: the shared stream has its own, in streams. Beside keep_own_stream they are those of the stream that is kept",
  accepts: (value) => {
    const { keepOwnStream, reservedConcurrentExecutions, shards, stream, timeField } = Object(value);
    return stream === null || keepOwnStream || [reservedConcurrentExecutions, shards, timeField].every(isNull);
  },
  condition: (value) =>
    `${value}.stream == null || ${value}.keep_own_stream || ` +
    `(${value}.reserved_concurrent_executions == null && ${value}.shards == null && ${value}.time_field == null)`,
};

const leavesAnother: InputRule = {
  about: ["previousStream", "stream"],
  allowed: "previous_stream null, or another one than stream",
  accepts: (value) => Object(value).previousStream === null || Object(value).previousStream !== Object(value).stream,
  condition: (value) => `${value}.previous_stream == null || ${value}.previous_stream != ${value}.stream`,
};

const isNull = (value: unknown): boolean => value === null;

/** What is delivered of each log group and how, by the name of the log group. */
export const logGroups = map(
  object(
    {
      stream: field(
        string(),
        null,
        "name of the stream in `streams` that the log group shares. null: a stream of its own, with function, event source mapping and the function's log group. " +
          "CloudWatch Logs takes two subscription filters for a log group, and a move needs both for a moment",
      ),
      keepOwnStream: field(
        bool(),
        false,
        "beside `stream`: whether the stream that the log group had of its own stays, and its function reads what is in it. " +
          "**Without, whatever has not been read yet is lost**: true until its iterator age is 0, then false (docs/terraform.md, Move a log group)",
      ),
      previousStream: field(
        string(),
        null,
        "another stream in `streams` that may still hold events of the log group, because it was in it before: its function keeps the log group's settings. null: none",
      ),
      shards: field(shardCount.schema, null, `${shardCount.description}. null: 1`),
      retentionInDays: field(
        number(retentionInDays),
        365,
        "retention of the log group, in days. 0: events never expire. Ignored when `create` is false",
      ),
      filterPattern,
      distribution,
      reservedConcurrentExecutions: concurrency,
      timeField: field(
        string(acceptedText(ENVIRONMENT.TIME_FIELD)),
        null,
        "field that holds an event's time, in JSON that applications write to the stream themselves (ISO 8601, or seconds or " +
          "milliseconds since 1970). Empty: the first of `@timestamp`, `timestamp`, `Timestamp` and `time` that has one, or else the " +
          "arrival time of the record. null: empty",
      ),
      index: field(
        string(sharedIndex),
        null,
        "index that the log group shares with all that have the same, without prefix and period. null: `default_index`, or else an index of its own",
      ),
      ...messageSettings("the stream's, or else "),
      create: field(
        bool(),
        true,
        "whether the log group is created. false: an existing log group is subscribed. When true becomes false, Terraform destroys the log group unless `skip_destroy` keeps it",
      ),
      skipDestroy: field(
        bool(),
        null,
        "whether the log group and its events stay when Terraform destroys it, and with them the KMS key, whose policy then denies its deletion. " +
          "null: true for a log group that is created. Of one with `create = false`, true keeps the key, which events may need that came while it was true",
      ),
    },
    keepsWhatItLeaves,
    ownStreamAlone,
    leavesAnother,
    fieldsAreRead("parser"),
    parserWrites,
  ),
  [logGroupName],
);
