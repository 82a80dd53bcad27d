import { FIRST_HOUR } from "../../core/settings/archive-table";
import * as limits from "../inputs/limits";
import { between, matching, size } from "../inputs/rules";
import { field, number, type Props, string } from "../inputs/schema";
import { archiveInputs } from "../log-archive/inputs";
import { pipelineInputs } from "../logging-pipeline/inputs";

const workgroups = "Amazon Athena API Reference, WorkGroupConfiguration";

/** Characters that a key and a policy read alike. */
const resultsPrefix = [
  matching(
    /^([A-Za-z0-9_=-][A-Za-z0-9._=-]*\/)*$/,
    'nothing, or A-Z a-z 0-9 . _ = - in segments, each of which ends with "/" and does not begin with "."',
    "Amazon S3 User Guide, Naming Amazon S3 objects",
  ),
  size(0, 256, "characters"),
];

/** The inputs of the queries by Athena: the source of Terraform's variables, the construct's props and the tables in docs. */
export const archiveQueriesInputs = {
  name: field(
    string(...limits.pipelineName),
    "logging-pipeline",
    "Name of the pipeline. The workgroup is `<name>-archive`, the database the same with `_`.",
  ),
  archiveBucket: pipelineInputs.archiveBucket,
  archiveBucketAccountId: {
    ...pipelineInputs.archiveBucketAccountId,
    description:
      "Account that owns the archive bucket, and that the bucket created by log-archive is named after. Its policy has to let the readers in. null: the provider's.",
  },
  archivePrefix: {
    ...pipelineInputs.archivePrefix,
    description: "Prefix of every object key in the archive, before `archive/`.",
  },
  archiveKmsKeyArn: {
    ...pipelineInputs.archiveKmsKeyArn,
    description:
      "KMS key of the archive bucket, which `reader_policy` lets its reader decrypt by. null: SSE-S3, which needs no permission.",
  },
  firstHour: field(
    string(
      matching(
        /^20[0-9]{2}\/(0[1-9]|1[0-2])\/(0[1-9]|[12][0-9]|3[01])\/([01][0-9]|2[0-3])$/,
        "an hour of UTC such as 2026/01/01/00",
        "Amazon Athena User Guide, Supported types for partition projection",
      ),
    ),
    FIRST_HOUR,
    "The earliest hour that is looked for, `YYYY/MM/DD/HH`. A statement without a condition on `hour` lists all hours since.",
  ),
  bytesScannedCutoffPerQuery: field(
    number(between(10_485_760, 1_125_899_906_842_624, `${workgroups}; AWS provider, aws_athena_workgroup`)),
    107_374_182_400,
    "Compressed bytes of the archive after which Athena cancels a statement, which are charged for. 100 GiB cost about $0.50 in most regions.",
  ),
  resultsBucket: field(
    string(limits.bucketName),
    null,
    "Name of an existing bucket of the account for results, other than the archive. null: a bucket `<name>-queries-<account>-<region>` is created, 6 resources, whose objects expire.",
  ),
  resultsPrefix: field(string(...resultsPrefix), "athena/", "Prefix of the keys of results."),
  resultsExpirationDays: field(
    number(limits.lifecycleDays(1)),
    null,
    "Age at which results expire, in days. null: 7; with `results_bucket`, as its own lifecycle says.",
  ),
  kmsKeyArn: field(
    string(limits.kmsKeyArn),
    null,
    "KMS key that encrypts results, which `reader_policy` lets its reader use. null: SSE-S3.",
  ),
  tags: { ...archiveInputs.tags, description: "Tags of the database, the workgroup and the bucket." },
};

/** Props of {@link ArchiveQueries}. {@link archiveQueriesInputs} has the description, limits and default of each. */
export type ArchiveQueriesProps = Props<typeof archiveQueriesInputs>;
