import { ACCESS_LOG_SOURCE_MEMBERS, MAX_ACCESS_LOG_SOURCES } from "../../../core/settings/access-log-sources";
import { ENVIRONMENT } from "../../../core/settings/environment";
import { PIPELINE_PARSER } from "../../../core/settings/parser-choice";
import { accountId, kmsKeyArn } from "../../inputs/limits";
import { matching, oneOf, size } from "../../inputs/rules";
import { field, map, object, required, string } from "../../inputs/schema";
import { acceptedText } from "../../logging-pipeline/inputs/environment";
import { sharedIndex } from "../../logging-pipeline/inputs/log-groups";
import { fieldsAreRead } from "../../logging-pipeline/inputs/without-effect";

/** How the queue learns of new objects. */
export const NOTIFICATIONS = ["queue", "eventbridge", "none"] as const;

/**
 * Of the characters that keys may have, those that mean the same in a key, in a policy and in S3's filter: in a policy `*`, `?` and `$`
 * are signs, and in a filter others are percent-encoded.
 */
const keyPrefix = matching(
  [/^[A-Za-z0-9._=/-]*$/, /^.{0,512}$/],
  "nothing, or up to 512 letters, digits and . _ - = /",
  "Amazon S3 User Guide, Configuring event notifications using object key name filtering",
);

/** Buckets and prefixes of access logs, by a name of one's own. */
export const accessLogSources = map(
  object(
    {
      bucket: required(
        string(
          acceptedText(ACCESS_LOG_SOURCE_MEMBERS.bucket, "Amazon S3 User Guide, General purpose bucket naming rules"),
        ),
        "existing bucket in the provider's region; known when Terraform plans",
      ),
      notification: required(
        string(oneOf(NOTIFICATIONS)),
        "how the queue learns of new objects. queue: by the bucket's notification configuration, **which becomes this module's as a whole: " +
          "Terraform replaces whatever other notifications the bucket has**. eventbridge: by a rule, and the bucket stays as it is; its " +
          "owner turns EventBridge on. none: its owner, or a topic of `topic_arns`, sends notifications to the queue. The same for all sources of a bucket",
      ),
      prefix: field(
        string(keyPrefix),
        "",
        "the beginning of the keys. Of several sources of a bucket, the longest that a key begins with decides. Empty: all keys",
      ),
      format: field(
        string(oneOf(ENVIRONMENT.PARSER.values)),
        PIPELINE_PARSER,
        "format of the lines. auto: by the key, as AWS names its objects, else line by line. none: lines stay as they are",
      ),
      index: field(string(sharedIndex), null, "name of the index, without prefix and period. null: the format's name"),
      parserFields: field(
        string(acceptedText(ENVIRONMENT.PARSER_FIELDS)),
        ENVIRONMENT.PARSER_FIELDS.default,
        "names of the fields of a line, in their order, for files without a header that names them. Empty: AWS's default",
      ),
      bucketAccountId: field(string(accountId), null, "account that owns the bucket. null: the provider's"),
      kmsKeyArn: field(
        string(kmsKeyArn),
        null,
        "KMS key of the objects, which the function's role is allowed to decrypt with. null: SSE-S3, which needs no permission",
      ),
    },
    fieldsAreRead("format"),
  ),
  [acceptedText(ACCESS_LOG_SOURCE_MEMBERS.name)],
  size(1, MAX_ACCESS_LOG_SOURCES, "sources"),
);
