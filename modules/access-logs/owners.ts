import type { RoleWithPolicy } from "../aws/role";
import { viaService } from "../aws/via-service";
import { hcl } from "../terraform/expression";
import type { AccessLogsContext } from "./context";
import { notificationConfiguration } from "./notifications";
import type { Sources } from "./sources";

/** What the owners of buckets and keys have to allow, as JSON for their policies. */
export function forOwners({ account, prefix }: AccessLogsContext, sources: Sources, role: RoleWithPolicy) {
  const { buckets } = sources;
  const queueArn = account.arn("sqs", prefix);
  const function_ = { AWS: hcl`${role.arn}` };
  const statements = [
    {
      Sid: "AccessLogsAreRead",
      Effect: "Allow",
      Principal: function_,
      Action: "s3:GetObject",
      Resource: sources.objectArns(hcl`source.bucket == name`),
    },
    {
      Sid: "AccessLogsAreFound",
      Effect: "Allow",
      Principal: function_,
      Action: "s3:ListBucket",
      Resource: hcl`join("", ["arn:", ${account.partition}, ":s3:::", name])`,
    },
  ];
  const configuration = notificationConfiguration(prefix, queueArn, hcl`bucket.prefixes`);
  return {
    ownedNotifications: hcl`[for name, bucket in ${buckets} : name if bucket.notification == "queue"]`,
    bucketNotifications: hcl`{ for name, bucket in ${buckets} : name => ${configuration} if bucket.notification == "none" }`,
    bucketPolicyStatements: hcl`{ for name, bucket in ${buckets} : name => jsonencode(${statements}) if bucket.account != ${account.id} }`,
    objectKeyStatement: hcl`jsonencode(${{
      Sid: "AccessLogsAreDecrypted",
      Effect: "Allow",
      Principal: function_,
      Action: "kms:Decrypt",
      Resource: "*",
      Condition: viaService(account, "s3"),
    }})`,
    queueKeyStatement: hcl`jsonencode(${{
      Sid: "ServicesEncryptMessages",
      Effect: "Allow",
      Principal: { Service: ["s3", "events", "sns"].map((service) => `${service}.amazonaws.com`) },
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: "*",
    }})`,
  };
}
