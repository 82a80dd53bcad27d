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
  undelivered: {
    asks: "ListObjectsV2 of S3 below aws/lambda/",
    needs: "s3:ListBucket",
    finds: "Lambda has given up batches",
    cause: "an outage was longer than the maximum age of records",
    mend: "npm run replay -- --kind undelivered",
  },
  alarms: {
    asks: "DescribeAlarms of CloudWatch",
    needs: "cloudwatch:DescribeAlarms",
    finds: "an alarm of the pipeline is in ALARM",
    cause: "the alarm's description says what it watches (docs/alarms.md)",
    mend: "aws cloudwatch describe-alarm-history",
  },
} as const satisfies Readonly<Record<string, DoctorCheck>>;
