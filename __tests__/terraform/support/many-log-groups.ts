/** Terraform takes minutes for 500, so that many are planned by `npm run nightly`. */
export const MANY = process.env.NIGHTLY ? 500 : 30;

/** Characters, by where they are counted: IAM quotas, KMS quotas, OpenSearch Service quotas. */
export const POLICY_LIMITS: readonly [address: string, attribute: string, limit: number][] = [
  ["aws_iam_role_policy.forwarder[0]", "policy", 10_240],
  ["aws_iam_role_policy.logs_to_kinesis[0]", "policy", 10_240],
  ["aws_kms_key.this[0]", "policy", 32_768],
  ["aws_opensearch_domain.this[0]", "access_policies", 102_400],
];
