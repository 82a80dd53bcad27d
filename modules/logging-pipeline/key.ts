import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { Precondition } from "cdktf";
import { policy, statementIf } from "../aws/policy";
import type { Context } from "./context";
import type { Lanes } from "./lanes";

/**
 * The key of the log groups, the streams, the environment of the functions, and the domain.
 *
 * @param lanes decide whether it can be deleted
 * @param precondition on the key because every other resource depends on it
 */
export function createKey({ scope, inputs, account }: Context, lanes: Lanes, precondition: Precondition[]): KmsKey {
  const key = new KmsKey(scope, "key", {
    description: `${inputs.name}: log groups, streams, functions and search domain`,
    enableKeyRotation: true,
    policy: keyPolicy(account, lanes),
    tags: inputs.tags.map,
    lifecycle: { precondition },
  });
  new KmsAlias(scope, "alias", { name: `alias/${inputs.name}`, targetKeyId: key.keyId });
  return key;
}

/**
 * IAM policies control access to the key in this account. CloudWatch Logs has no role, so the key policy allows it
 * (CloudWatch Logs User Guide, Encrypt log data in CloudWatch Logs using AWS KMS).
 */
const keyPolicy = ({ id, partition, region, dnsSuffix, arn }: Context["account"], { someAreKept }: Lanes): string =>
  policy(
    {
      Sid: "AccountAdministersTheKey",
      Effect: "Allow",
      Principal: { AWS: `arn:${partition}:iam::${id}:root` },
      Action: "kms:*",
      Resource: "*",
    },
    {
      Sid: "CloudWatchLogsEncryptsLogGroups",
      Effect: "Allow",
      Principal: { Service: `logs.${region}.${dnsSuffix}` },
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
      Resource: "*",
      Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": arn("logs", "log-group:*") } },
    },
    // Terraform cannot keep a key that it destroys. Without it, nobody could read the events, nor write further ones.
    statementIf(someAreKept, {
      Sid: "KeptLogGroupsNeedTheKey",
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: ["kms:DisableKey", "kms:ScheduleKeyDeletion"],
      Resource: "*",
    }),
  );
