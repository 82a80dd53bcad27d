import { archiveKeyArn, arnIn, type ComparedInputs, STORED_TAGS as tags } from "./compared-inputs";

export const comparedArchiveQueries: ComparedInputs = [
  ["the bucket of results that it makes", { name: "shop", kms_key_arn: arnIn("kms", "key/results") }],
  [
    "every option of the queries",
    {
      name: "production",
      archive_bucket: "archive-of-logs",
      archive_bucket_account_id: "210987654321",
      archive_prefix: "logs/",
      archive_kms_key_arn: archiveKeyArn,
      first_hour: "2026/11/28/09",
      bytes_scanned_cutoff_per_query: 10_485_760,
      results_bucket: "results-of-athena",
      results_prefix: "",
      tags,
    },
  ],
  ["results that expire", { results_expiration_days: 30 }],
];
