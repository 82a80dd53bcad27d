import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { Precondition } from "cdktf";
import { policy } from "../aws/policy";
import type { Context } from "./context";

/**
 * The key of the log groups, the streams, the environment of the functions, and the domain.
 *
 * @param precondition on the key because every other resource depends on it
 */
export function createKey({ scope, inputs, account }: Context, precondition: Precondition[]): KmsKey {
  const key = new KmsKey(scope, "key", {
    description: `${inputs.name}: log groups, streams, functions and search domain`,
    enableKeyRotation: true,
    policy: keyPolicy(account),
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
const keyPolicy = ({ id, partition, region, dnsSuffix, arn }: Context["account"]): string =>
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
  );
