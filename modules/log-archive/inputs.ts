import * as limits from "../inputs/limits";
import { field, map, number, type Props, string } from "../inputs/schema";

/** Every input of the archive, as {@link pipelineInputs} are those of the pipeline. */
export const archiveInputs = {
  name: field(
    string(...limits.installationName),
    "logging-pipeline",
    "Name of the pipeline that the archive belongs to; begins the bucket's name.",
  ),
  archiveBucket: field(
    string(limits.bucketName),
    null,
    "Name of the bucket. null: `<name>-archive-<account>-<region>`, which the pipeline expects.",
  ),
  tags: field(map(string(limits.tagValue), [...limits.tagKeys], limits.tagCount), {}, "Tags of the bucket."),
  kmsKeyArn: field(
    string(limits.kmsKeyArn),
    null,
    "KMS key that encrypts the archive; give it to the pipeline as `archive_kms_key_arn`. null: SSE-S3.",
  ),
  transitionToIaDays: field(
    number(limits.lifecycleDays(30)),
    30,
    "Age at which objects move to S3 Standard-IA, in days. S3 accepts no fewer than 30.",
  ),
  expirationDays: field(
    number(limits.lifecycleDays(1)),
    null,
    "Age at which objects expire, in days; more than `transition_to_ia_days`. null: never.",
  ),
  noncurrentVersionExpirationDays: field(
    number(limits.lifecycleDays(1)),
    30,
    "How long an overwritten or deleted object can still be brought back, in days.",
  ),
};

/** Props of {@link LogArchive}: {@link archiveInputs} says what each is, its limits and its default. */
export type LogArchiveProps = Props<typeof archiveInputs>;
