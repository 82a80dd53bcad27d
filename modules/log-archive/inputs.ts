import * as limits from "../inputs/limits";
import { field, map, number, type Props, string } from "../inputs/schema";

/** The inputs of the archive: the source of Terraform's variables, the construct's props and the tables in docs. */
export const archiveInputs = {
  name: field(
    string(...limits.pipelineName),
    "logging-pipeline",
    "Name of the pipeline. Prefix of the default bucket name.",
  ),
  archiveBucket: field(
    string(limits.bucketName),
    null,
    "Name of the bucket. null: `<name>-archive-<account>-<region>`, which the pipeline uses by default.",
  ),
  tags: field(map(string(limits.tagValue), [...limits.tagKeys], limits.tagCount), {}, "Tags of the bucket."),
  kmsKeyArn: field(
    string(limits.kmsKeyArn),
    null,
    "KMS key that encrypts the bucket. Set it as the pipeline's `archive_kms_key_arn`, too. null: SSE-S3.",
  ),
  transitionToIaDays: field(
    number(limits.lifecycleDays(30)),
    30,
    "Age at which objects of 128 KB and more transition to S3 Standard-IA, in days; smaller ones stay, because they would cost more there. S3 requires at least 30.",
  ),
  expirationDays: field(
    number(limits.lifecycleDays(1)),
    null,
    "Age at which objects expire, in days. Greater than `transition_to_ia_days`. null: never.",
  ),
  noncurrentVersionExpirationDays: field(
    number(limits.lifecycleDays(1)),
    30,
    "Days for which an overwritten or deleted object can be restored.",
  ),
};

/** Props of {@link LogArchive}. {@link archiveInputs} has the description, limits and default of each. */
export type LogArchiveProps = Props<typeof archiveInputs>;
