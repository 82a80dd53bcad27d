import * as limits from "../../inputs/limits";
import { field, number, type Props, required, string } from "../../inputs/schema";
import { deliveryInputs, deliveryStreamName } from "../inputs/delivery";
import {
  bufferingIntervalSeconds,
  bufferingSizeMib,
  compression,
  errorOutputPrefix,
  objectPrefix,
} from "../inputs/objects";

/** The inputs of Firehose to S3: the source of Terraform's variables, the construct's props and the tables in docs. */
export const firehoseS3Inputs = {
  bucket: required(
    string(limits.bucketName),
    "Name of an existing bucket of the account, such as log-archive's output `archive_bucket`.",
  ),
  streamName: required(
    string(deliveryStreamName),
    "Name of the delivery stream, and name prefix of every resource. Unique per account and region.",
  ),
  accountId: field(
    string(limits.accountId),
    null,
    "Account in which all of this is meant to be; a plan with credentials of another one is refused. null: the credentials' own.",
  ),
  role: deliveryInputs.role,
  bufferingIntervalSeconds: field(
    number(bufferingIntervalSeconds),
    300,
    "Rotation period: the longest time that Firehose gathers records for an object, in seconds.",
  ),
  bufferingSizeMib: field(
    number(bufferingSizeMib),
    128,
    "Size of the records, before compression, at which Firehose writes an object earlier, in MiB.",
  ),
  compression: field(string(compression), "gzip", "Compression of the objects."),
  prefix: field(
    string(...objectPrefix),
    "raw/",
    "Beginning of the keys. Firehose appends `YYYY/MM/dd/HH/`, in UTC, if it has no expression, such as `raw/!{timestamp:yyyy-MM-dd}/`.",
  ),
  errorOutputPrefix: field(
    string(...errorOutputPrefix),
    "raw-failed/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/",
    "Beginning of the keys of records that Firehose could not process.",
  ),
  bucketKmsKeyArn: field(
    string(limits.kmsKeyArn),
    null,
    "KMS key of the objects, which Firehose's role is allowed to use. null: as the bucket has it; SSE-S3 needs no permission.",
  ),
  sourceStreamArn: deliveryInputs.sourceStreamArn,
  sourceKmsKeyArn: deliveryInputs.sourceKmsKeyArn,
  kmsKeyArn: deliveryInputs.kmsKeyArn,
  logRetentionInDays: deliveryInputs.logRetentionInDays,
  alarmTopicArns: deliveryInputs.alarmTopicArns,
  tags: deliveryInputs.tags,
  permissionsBoundaryArn: deliveryInputs.permissionsBoundaryArn,
};

/** Props of {@link FirehoseS3}. {@link firehoseS3Inputs} has the description, limits and default of each. */
export type FirehoseS3Props = Props<typeof firehoseS3Inputs>;
