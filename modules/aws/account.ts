import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import type { Construct } from "constructs";

/** The account and region of the provider, as ARNs contain them. */
export interface Account {
  readonly id: string;
  readonly region: string;
  /** `aws`, `aws-cn`, `aws-us-gov`, … */
  readonly partition: string;
  /** Suffix of regional service names: `amazonaws.com`, `amazonaws.com.cn`. */
  readonly dnsSuffix: string;
  /** The ARN of a resource in this account and region. */
  arn(service: string, resource: string): string;
  /** The ARN of a resource of IAM in this account: they have no region. */
  iamArn(resource: string): string;
}

export function accountOf(scope: Construct): Account {
  const id = new DataAwsCallerIdentity(scope, "caller_identity").accountId;
  // Not `name`, which is deprecated from version 6 of the provider on; `region` is new in it.
  const region = new DataAwsRegion(scope, "region").id;
  const { partition, dnsSuffix } = new DataAwsPartition(scope, "partition");
  return {
    id,
    region,
    partition,
    dnsSuffix,
    arn: (service, resource) => `arn:${partition}:${service}:${region}:${id}:${resource}`,
    iamArn: (resource) => `arn:${partition}:iam::${id}:${resource}`,
  };
}
