import type { Constraint } from "../../inputs/constraints";
import { kmsKeyArn, principalArn } from "../../inputs/limits";
import { between, size } from "../../inputs/rules";
import { bool, field, list, number, string } from "../../inputs/schema";
import { hcl } from "../../terraform/expression";
import { policyStatement } from "./access-rules";

/** Begin the ids of the key policy's own statements. */
const OWN_IDS = ["Account", "Administrators", "CloudWatchLogs", "KeptLogGroups"];

/** The key of the log groups, the streams, the environment of the functions, and the domain. */
export const keyInputs = {
  createKmsKey: field(
    bool(),
    true,
    "Whether the pipeline creates a KMS key, with the alias `alias/<name>`. false: it uses `kms_key_arn`. **Changed later, it replaces the domain, and its indices are gone; the pipeline's own key has to be taken out of the state before** (docs/terraform.md).",
  ),
  kmsKeyArn: field(
    string(kmsKeyArn),
    null,
    "Existing KMS key of this region for log groups, streams, functions and domain, with `create_kms_key = false`; may be known only after the apply. Its policy needs the output `kms_key_statements`.",
  ),
  kmsKeyAdministrators: field(
    list(string(principalArn), size(0, 50, "principals")),
    [],
    "IAM principals that administer the key beside those whom IAM policies of this account allow it; KMS refuses one that does not exist.",
  ),
  kmsKeyPolicyStatements: field(
    list(string(policyStatement(OWN_IDS)), size(0, 50, "statements")),
    [],
    "Further statements of the key's policy, each by `jsonencode`: such as for producers of other accounts.",
  ),
  kmsKeyDeletionWindowInDays: field(
    number(between(7, 30, "AWS KMS API Reference, ScheduleKeyDeletion")),
    null,
    "Days for which the key can be restored after Terraform has destroyed it. null: KMS's default, 30.",
  ),
};

type Inputs = typeof keyInputs;

/** What is about a key that is created. */
const OF_OWN_KEY = [
  ["kms_key_administrators", "kmsKeyAdministrators", "[]"],
  ["kms_key_policy_statements", "kmsKeyPolicyStatements", "[]"],
  ["kms_key_deletion_window_in_days", "kmsKeyDeletionWindowInDays", "null"],
] as const;

/** The rules between them. */
export const keyConstraints: readonly Constraint<Inputs>[] = [
  {
    path: "kms_key_arn",
    allowed: "null with create_kms_key, and the ARN of a key without it",
    decidedBy: ["createKmsKey", "kmsKeyArn"],
    violations: ({ createKmsKey, kmsKeyArn }) => (createKmsKey === (kmsKeyArn !== null) ? [kmsKeyArn] : []),
    violationsAtPlan: ({ createKmsKey, kmsKeyArn }) =>
      hcl`[for arn in [${kmsKeyArn}] : arn if ${createKmsKey} == (arn != null)]`,
  },
  ...OF_OWN_KEY.map(
    ([path, name, none]): Constraint<Inputs> => ({
      path,
      allowed: `${none} unless create_kms_key: whoever has the key decides about it`,
      decidedBy: ["createKmsKey", name],
      violations: ({ createKmsKey, [name]: value }) => (createKmsKey || JSON.stringify(value) === none ? [] : [value]),
      violationsAtPlan: ({ createKmsKey, [name]: value }) =>
        hcl`[for value in [${value}] : value if !${createKmsKey} && jsonencode(value) != ${none}]`,
    }),
  ),
];
