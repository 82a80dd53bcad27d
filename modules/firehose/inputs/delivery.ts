import * as limits from "../../inputs/limits";
import { matching, size } from "../../inputs/rules";
import { field, list, string } from "../../inputs/schema";
import { pipelineInputs } from "../../logging-pipeline/inputs";

/** What a delivery stream may be called. */
export const deliveryStreamName = matching(
  /^[A-Za-z0-9_.-]{1,64}$/,
  "1 to 64 letters, digits and . _ -",
  "Amazon Data Firehose API Reference, CreateDeliveryStream",
);

/** A role by its name, whose path is then `/`, or by its ARN. */
const roleNameOrArn = matching(
  /^([A-Za-z0-9_+=,.@-]{1,64}|arn:aws[a-z-]*:iam::[0-9]{12}:role\/[A-Za-z0-9_+=,.@/-]{1,512})$/,
  "the name of a role, or its ARN, such as arn:aws:iam::123456789012:role/firehose",
  "IAM API Reference, CreateRole",
);

/** The inputs that every delivery stream has, whatever its destination. */
export const deliveryInputs = {
  role: field(
    string(roleNameOrArn),
    null,
    "Existing role of this account that Firehose assumes, by name or ARN, known when Terraform plans; output `role_policy` is what it needs. null: a role is created.",
  ),
  sourceStreamArn: field(
    string(
      limits.arn(
        "kinesis",
        "stream/[A-Za-z0-9_.-]{1,128}",
        "arn:aws:kinesis:eu-central-1:123456789012:stream/applications",
      ),
    ),
    null,
    "Kinesis stream of this account and region that Firehose reads from its latest record on, such as one of the pipeline's output `stream_arns`; a change replaces the delivery stream. null: applications put records to the delivery stream, which costs nothing while none arrive.",
  ),
  sourceKmsKeyArn: field(
    string(limits.kmsKeyArn),
    null,
    "KMS key of `source_stream_arn`, which Firehose's role and producers are allowed to use. null: the stream is not encrypted, or by AWS's own key.",
  ),
  kmsKeyArn: field(
    string(limits.kmsKeyArn),
    null,
    "KMS key of the log group and, without `source_stream_arn`, of the records that wait in Firehose, such as the pipeline's output `kms_key_arn`. null: AWS's own encryption.",
  ),
  logRetentionInDays: field(
    pipelineInputs.functionLogRetentionInDays.schema,
    365,
    "Retention of the log group, which has an entry for each error of a delivery, in days. 0: they never expire.",
  ),
  alarmTopicArns: field(
    list(
      string(limits.arn("sns", "[A-Za-z0-9_-]{1,256}", "arn:aws:sns:eu-central-1:123456789012:alarms")),
      size(0, 5, "topics", "CloudWatch API Reference, PutMetricAlarm"),
    ),
    [],
    "SNS topics of this region that CloudWatch alarms notify: of old records, of failed deliveries, and of records that are refused. []: no alarms.",
  ),
  tags: pipelineInputs.tags,
  permissionsBoundaryArn: {
    ...pipelineInputs.permissionsBoundaryArn,
    description: "Permissions boundary of what roles are created. null: none.",
  },
};
