/** The outputs of the archive, with their descriptions. */
export const archiveOutputs = {
  archiveBucket: "Name of the archive bucket.",
  archiveBucketArn: "ARN of the archive bucket.",
  archiveBucketRegionalDomainName:
    "Host of the archive bucket, for VPC endpoint policies, proxies and firewalls: `<bucket>.s3.<region>.amazonaws.com`.",
  replicationRoleArn: "ARN of the role that replicates. null without `replication`.",
  replicationStatement:
    "What the owner of the destination bucket adds to its policy, as JSON: a list of statements. null unless `replication.destination_account_id` is given.",
  accessLogStatement:
    "What the policy of `access_log_bucket` needs, as JSON: S3 writes access logs. null without `access_log_bucket`.",
} as const;
