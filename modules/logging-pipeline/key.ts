import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { Precondition } from "cdktf";
import { refuseUnless } from "../aws/conditions";
import { keyOfRegion } from "../aws/own-arns";
import { PolicyDocument, type Statement, statementIf } from "../aws/policy";
import { countIf } from "../terraform/count";
import { type Expression, hcl } from "../terraform/expression";
import type { Context } from "./context";
import type { Lanes } from "./lanes";

/** The key of a pipeline: its own, or one that exists. */
export interface PipelineKey {
  readonly arn: string;
}

/**
 * The key of the log groups, the streams, the environment of the functions, and the domain.
 *
 * @param lanes decide whether it can be deleted
 * @param precondition of the pipeline as a whole: whatever is created depends on the key
 */
export function createKey(context: Context, lanes: Lanes, precondition: Precondition[]): PipelineKey {
  const { scope, inputs } = context;
  const { createKmsKey } = inputs;
  // Whether there is a key must not depend on an ARN, which a plan may not know.
  const created = () => countIf(createKmsKey);
  const key = new KmsKey(scope, "key", {
    count: created(),
    description: `${inputs.name}: log groups, streams, functions and search domain`,
    enableKeyRotation: true,
    deletionWindowInDays: inputs.kmsKeyDeletionWindowInDays.number,
    policy: keyPolicy(context, lanes),
    tags: inputs.tags.map,
    dependsOn: [refuseUnless(scope, [...precondition, keyOfRegion(context.account, "kms_key_arn", inputs.kmsKeyArn)])],
  });
  new KmsAlias(scope, "alias", {
    count: created(),
    name: `alias/${inputs.name}`,
    targetKeyId: hcl`one(${key.fqn}[*].key_id)`.string,
  });
  // No local value: for checkov, what a plan does not know yet is encrypted only if it refers to a key itself.
  return { arn: hcl`(${createKmsKey} ? one(${key.fqn}[*].arn) : ${inputs.kmsKeyArn})`.string };
}

/** CloudWatch Logs User Guide, Encrypt log data in CloudWatch Logs using AWS KMS. */
const cloudWatchLogsUsesIt = ({ region, dnsSuffix, arn }: Context["account"]): Statement => ({
  Sid: "CloudWatchLogsEncryptsLogGroups",
  Effect: "Allow",
  Principal: { Service: `logs.${region}.${dnsSuffix}` },
  Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
  Resource: "*",
  Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": arn("logs", "log-group:*") } },
});

const rootOf = (account: Context["account"]) => ({ AWS: account.iamArn("root") });

/** IAM policies control access to the key in this account. CloudWatch Logs has no role, so the key policy allows it. */
function keyPolicy({ account, inputs }: Context, { someAreKept }: Lanes): string {
  const { kmsKeyAdministrators: administrators, kmsKeyPolicyStatements } = inputs;
  const statements = [
    {
      Sid: "AccountAdministersTheKey",
      Effect: "Allow",
      Principal: rootOf(account),
      Action: "kms:*",
      Resource: "*",
    },
    cloudWatchLogsUsesIt(account),
    statementIf(hcl`length(${administrators}) > 0`, {
      Sid: "AdministratorsAdministerTheKey",
      Effect: "Allow",
      Principal: { AWS: administrators },
      Action: ADMINISTRATION,
      Resource: "*",
    }),
    // Terraform cannot keep a key that it destroys. Without it, nobody could read the events, nor write further ones.
    statementIf(someAreKept, {
      Sid: "KeptLogGroupsNeedTheKey",
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: ["kms:DisableKey", "kms:ScheduleKeyDeletion"],
      Resource: "*",
    }),
  ] as const;
  return new PolicyDocument(statements, kmsKeyPolicyStatements).string;
}

/** What KMS's console lets administrators do (AWS KMS Developer Guide, Default key policy), but for grants to use the key. */
const ADMINISTRATION = [
  ...["kms:CancelKeyDeletion", "kms:Delete*", "kms:Describe*", "kms:Disable*", "kms:Enable*", "kms:Get*", "kms:List*"],
  ...["kms:Put*", "kms:Revoke*", "kms:RotateKeyOnDemand", "kms:ScheduleKeyDeletion", "kms:TagResource"],
  ...["kms:UntagResource", "kms:Update*"],
];

/**
 * What the policy of an existing key needs, as a list of statements in JSON; null for the pipeline's own. Roles and whoever deploys
 * use it by IAM policies of this account, for which a key of another one has to name it (AWS KMS Developer Guide, Allowing users in
 * other accounts to use a KMS key).
 */
export function keyStatementsOf({ account, inputs }: Context): Expression {
  const ofAccount = { Effect: "Allow", Principal: rootOf(account), Resource: "*" } as const;
  const statements: readonly Statement[] = [
    cloudWatchLogsUsesIt(account),
    {
      Sid: "IamPoliciesAllowUse",
      ...ofAccount,
      Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
    },
    {
      Sid: "IamPoliciesAllowGrantsToServices",
      ...ofAccount,
      Action: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
  return hcl`${inputs.createKmsKey} ? null : jsonencode(${statements})`;
}
