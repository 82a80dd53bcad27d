import type { StoredResource } from "../../../support/terraform";
import { archiveKeyArn, type ComparedInputs, STORED_TAGS as tags } from "./compared-inputs";

const bucket = "archive-of-logs";
const storedBucket: readonly StoredResource[] = [
  { type: "aws_s3_bucket", name: "this", attributes: { id: bucket, bucket, arn: `arn:aws:s3:::${bucket}` } },
];
export const comparedArchives: ComparedInputs = [
  ["the defaults", {}],
  ["a stored bucket", { tags, archive_bucket: bucket }, storedBucket],
  [
    "every option of the archive",
    {
      name: "production",
      tags,
      kms_key_arn: archiveKeyArn,
      transition_days: 60,
      transition_storage_class: "INTELLIGENT_TIERING",
      expiration_days: 400,
      noncurrent_version_expiration_days: 7,
      object_lock: { mode: "GOVERNANCE", days: 90 },
      replication: {
        destination_bucket_arn: "arn:aws:s3:::copy",
        destination_account_id: "210987654321",
        destination_kms_key_arn: "arn:aws:kms:eu-west-1:210987654321:key/replicas",
      },
      access_log_bucket: "access-logs-of-buckets",
      access_log_prefix: "archive/",
      bucket_policy_statements: [
        '{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::210987654321:root"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::archive/*"}',
      ],
      permissions_boundary_arn: "arn:aws:iam::123456789012:policy/boundary",
    },
  ],
];
