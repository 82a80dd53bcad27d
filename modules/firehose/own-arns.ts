import type { Precondition } from "cdktf";
import type { Account } from "../aws/account";
import { type OwnArns, ownArns } from "../aws/own-arns";
import type { Values } from "../inputs/values";
import { type Expression, hcl } from "../terraform/expression";
import type { deliveryInputs } from "./inputs/delivery";

type Inputs = Values<typeof deliveryInputs> & { readonly bucketKmsKeyArn: Expression };

/** The ARNs that every delivery stream takes of its own account or region alone, checked at plan. */
export function ownDeliveryArns(account: Account, inputs: Inputs): Precondition[] {
  const { id, region } = account;
  const one = (arn: Expression) => hcl`[${arn}]`;
  const key = (path: string, arn: Expression): OwnArns => ({
    ...{ path, arns: one(arn), own: ["region"] },
    allowed: `a key in ${region} (AWS KMS Developer Guide, Using AWS KMS keys with AWS services: in the same Region)`,
  });
  const rules: readonly OwnArns[] = [
    {
      ...{ path: "role", arns: one(inputs.role), own: ["account"] },
      allowed: `a role of account ${id} (IAM User Guide, Grant a user permissions to pass a role to an AWS service)`,
    },
    {
      ...{ path: "permissions_boundary_arn", arns: one(inputs.permissionsBoundaryArn), own: ["account"] },
      allowed: `a policy of account ${id} (IAM User Guide, Permissions boundaries for IAM entities)`,
    },
    {
      ...{ path: "source_stream_arn", arns: one(inputs.sourceStreamArn), own: ["account", "region"] },
      allowed: `a stream of account ${id} in ${region}, where Firehose reads it`,
    },
    key("source_kms_key_arn", inputs.sourceKmsKeyArn),
    key("bucket_kms_key_arn", inputs.bucketKmsKeyArn),
    key("kms_key_arn", inputs.kmsKeyArn),
    {
      ...{ path: "alarm_topic_arns", arns: inputs.alarmTopicArns, own: ["region"] },
      allowed: `topics in ${region} (CloudWatch API Reference, PutMetricAlarm: AlarmActions)`,
    },
  ];
  return rules.map((rule) => ownArns(account, rule));
}

/** Firehose delivers to a domain by its ARN in its own account, and across regions to HTTP endpoints alone. */
export const ownDomainArn = (account: Account, searchDomainArn: Expression): Precondition =>
  ownArns(account, {
    ...{ path: "search_domain_arn", arns: hcl`[${searchDomainArn}]`, own: ["account", "region"] },
    allowed:
      `a domain of account ${account.id} in ${account.region} ` +
      "(Amazon Data Firehose Developer Guide, Understand delivery across AWS accounts and regions)",
  });
