import type { DoctorCheck } from "./check";

export const ARCHIVE_CHECKS = {
  archive: {
    asks: "HeadBucket of S3",
    needs: "s3:ListBucket",
    finds: "the archive bucket does not exist, or is in another region",
    cause:
      "the stack log-archive is not applied, or archive_bucket names another bucket; the functions acknowledge nothing then",
    mend: "terraform apply",
  },
  "archive-writable": {
    asks:
      "SimulatePrincipalPolicy of IAM for the functions' own role, s3:PutObject below each prefix and kms:GenerateDataKey of the bucket's key; " +
      "HeadBucket and GetBucketEncryption of S3",
    needs: "iam:SimulatePrincipalPolicy, s3:ListBucket, s3:GetEncryptionConfiguration",
    finds:
      "the role's policies, its boundary or the organization's do not let the functions write to the bucket, or use its key",
    cause: "a policy was changed or left out, or the bucket has another key; the functions acknowledge nothing then",
    mend: "terraform apply",
  },
  undelivered: {
    asks: "ListObjectsV2 of S3 below aws/lambda/",
    needs: "s3:ListBucket",
    finds: "Lambda has given up batches: how many, up to 1,000, and the newest",
    cause: "an outage was longer than the maximum age of records",
    mend: "npm run replay -- --kind undelivered",
  },
  "dead-lettered": {
    asks: "ListObjectsV2 of S3 below dead-letter/, of the last 7 days",
    needs: "s3:ListBucket",
    finds: "records could not be decoded: how many, up to 5,000, and the newest",
    cause: "an application writes into the stream what is no event; the object's metadata has the reason",
    mend: "aws s3api head-object",
  },
  rejected: {
    asks: "ListObjectsV2 of S3 below rejected/, of the last 7 days",
    needs: "s3:ListBucket",
    finds: "the index did not take events, not even as text: how many objects have them, up to 5,000, and the newest",
    cause: "each event is archived with the rejection, which says why",
    mend: "npm run replay -- --kind rejected --sink stdout",
  },
  alarms: {
    asks: "DescribeAlarms of CloudWatch",
    needs: "cloudwatch:DescribeAlarms",
    finds: "an alarm of the pipeline is in ALARM",
    cause: "the alarm's description says what it watches (docs/alarms.md)",
    mend: "aws cloudwatch describe-alarm-history",
  },
  "test-event": {
    asks:
      "with --test-event: CreateLogStream and PutLogEvents of CloudWatch Logs, TestMetricFilter where the subscription has a pattern; " +
      "then GET /_search of the search endpoint, ListObjectsV2 and GetObject of S3",
    needs: "logs:CreateLogStream, logs:PutLogEvents, logs:TestMetricFilter, es:ESHttpGet, s3:ListBucket, s3:GetObject",
    finds:
      "one event that was put into a --log-group is not in the index, or in no object of the archive, and where it is",
    cause: "the finding says where it is stuck; the other checks say why",
    mend: "aws logs tail",
  },
} as const satisfies Readonly<Record<string, DoctorCheck>>;
