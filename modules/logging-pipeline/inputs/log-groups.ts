import { ENVIRONMENT } from "../../../core/settings/environment";
import { INDEX_NAME_PART } from "../../../core/settings/index-history";
import { PIPELINE_PARSER } from "../../../core/settings/parser-choice";
import { retentionInDays } from "../../inputs/limits";
import { between, matching, oneOf, size } from "../../inputs/rules";
import { bool, field, map, number, object, string } from "../../inputs/schema";
import { acceptedText } from "./environment";
import { eventRules } from "./event-rules";
import { messageMembers } from "./message-inputs";
import { re2 } from "./patterns";
import { fieldsAreRead, joinsSome, parserWrites } from "./without-effect";

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

/** A lane of the pipeline for each entry, by the name of the log group. */
export const logGroups = map(
  object(
    {
      shards: field(
        number(between(0, 10_000, "Kinesis Data Streams API Reference, UpdateShardCount")),
        1,
        "number of shards of the stream; each ingests up to 1 MB/s and 1,000 records/s. 0: an on-demand stream",
      ),
      retentionInDays: field(
        number(retentionInDays),
        365,
        "retention of the log group, in days. 0: events never expire. Ignored when `create` is false",
      ),
      filterPattern: field(
        string(size(0, 1_024, "characters", "CloudWatch Logs API Reference, PutSubscriptionFilter")),
        "",
        "events to deliver, in CloudWatch Logs filter pattern syntax. Empty: all",
      ),
      distribution: field(
        string(oneOf(["ByLogStream", "Random"], "CloudWatch Logs API Reference, PutSubscriptionFilter")),
        "ByLogStream",
        "how CloudWatch Logs spreads events over the shards. ByLogStream: a log stream's all in one, whose 1 MB/s then bound it, in order. " +
          "Random: over all, for a log stream that writes more; its events arrive in any order, and have that of their times in search",
      ),
      reservedConcurrentExecutions: field(
        number(between(0, 2_147_483_647, "Lambda API Reference, PutFunctionConcurrency")),
        null,
        "invocations that Lambda keeps for the function, which has no more of them either; at most the account's unreserved ones less 100. " +
          "`shards` times `parallelization_factor` are enough; with fewer, records wait. 0: it stands still, until records expire into the archive bucket. null: none, and no limit",
      ),
      timeField: field(
        string(acceptedText(ENVIRONMENT.TIME_FIELD)),
        ENVIRONMENT.TIME_FIELD.default,
        "field that holds an event's time, in JSON that applications write to the stream themselves (ISO 8601, or seconds or " +
          "milliseconds since 1970). Empty: the first of `@timestamp`, `timestamp`, `Timestamp` and `time` that has one, or else the " +
          "arrival time of the record",
      ),
      index: field(
        string(sharedIndex),
        null,
        "index that the log group shares with all that have the same, without prefix and period. null: an index of its own",
      ),
      parser: field(
        string(oneOf(ENVIRONMENT.PARSER.values)),
        PIPELINE_PARSER,
        "format of the messages, which a parser turns into fields. auto: by log group, log stream and message. none: messages stay as they are",
      ),
      parserFields: field(
        string(acceptedText(ENVIRONMENT.PARSER_FIELDS)),
        ENVIRONMENT.PARSER_FIELDS.default,
        "names of the fields of a line, in their order, of a format whose fields are chosen, such as `version account-id srcaddr` (vpc_flow). Empty: AWS's default",
      ),
      ...messageMembers("message"),
      joinLines: field(
        string(acceptedText(ENVIRONMENT.JOIN_LINES), re2, joinsSome),
        ENVIRONMENT.JOIN_LINES.default,
        'pattern of RE2 that the first line of a message of several lines matches, such as `"^\\\\d{4}-"` (messages begin with a year): events that do not are joined to the one before. Empty: none is',
      ),
      rules: field(
        eventRules,
        [],
        "which events are indexed, and what is redacted in them (docs/rules.md). []: all, and nothing",
      ),
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
    fieldsAreRead("parser"),
    parserWrites,
  ),
  [logGroupName],
);
