import { archiveQueriesInputs } from "../../modules";
import { type RejectedInput, rejected, rejectedByPipelineAnd } from "./rejected-inputs";

const long = `${"x".repeat(256)}/`;

/** Breaks each rule about one of the inputs of the queries by Athena. */
export const rejectedByArchiveQueries: readonly RejectedInput[] = [
  ...rejectedByPipelineAnd(archiveQueriesInputs, "kms_key_arn"),
  ...["2026/11/28", "2026/13/01/00", "2026/01/01/24", "2026-01-01-00"].map((first_hour) =>
    rejected({ first_hour }, `first_hour = "${first_hour}": allowed is an hour of UTC such as 2026/01/01/00`),
  ),
  rejected(
    { bytes_scanned_cutoff_per_query: 10_485_759 },
    "bytes_scanned_cutoff_per_query = 10485759: allowed is a whole number from 10,485,760 to",
  ),
  rejected({ results_bucket: "my.results" }, 'results_bucket = "my.results": allowed is 3 to 63 lower-case letters'),
  rejected({ results_prefix: "athena" }, 'results_prefix = "athena": allowed is nothing, or A-Z a-z 0-9'),
  rejected({ results_prefix: "a*/" }, 'results_prefix = "a*/": allowed is nothing, or A-Z a-z 0-9'),
  rejected({ results_prefix: long }, `results_prefix = "${long}": allowed is 0 to 256 characters`),
  rejected({ results_expiration_days: 0 }, "results_expiration_days = 0: allowed is a whole number from 1"),
  rejected({ kms_key_arn: "key" }, 'kms_key_arn = "key": allowed is an ARN such as'),
];

/** Breaks each rule between these inputs, all at once. */
export const rejectedTogetherByArchiveQueries: RejectedInput = {
  given: {
    ...{ archive_bucket: "the-archive", results_bucket: "the-archive", results_expiration_days: 7 },
    kms_key_arn: "arn:aws:kms:us-east-1:123456789012:key/results",
    archive_kms_key_arn: "arn:aws:kms:us-east-1:123456789012:key/archive",
  },
  messages: ["results_expiration_days = 7: allowed is null with results_bucket"],
  messagesOfPlan: [
    'results_bucket = "the-archive": allowed is another bucket than the archive',
    'archive_kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/archive": allowed is a key in eu-central-1',
    'kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/results": allowed is a key in eu-central-1',
  ],
};
