import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { statementIf } from "../aws/policy";
import type { Values } from "../inputs/values";
import { hcl } from "../terraform/expression";
import type { pipelineInputs } from "./inputs";

type Inputs = Pick<Values<typeof pipelineInputs>, "vpc">;

/** Puts a function into the pipeline's VPC, if it has one. */
export function addVpc(lambda: LambdaFunction, { vpc }: Inputs): void {
  lambda.addOverride("dynamic.vpc_config", {
    for_each: hcl`${vpc.subnetIds} == null ? [] : [true]`,
    content: { subnet_ids: vpc.subnetIds, security_group_ids: vpc.securityGroupIds },
  });
}

/** Lets a function's role do so. */
export const attachToVpc = ({ vpc }: Inputs) =>
  statementIf(hcl`${vpc.subnetIds} != null`, {
    Sid: "AttachToVpc",
    Effect: "Allow",
    Action: [
      "ec2:AssignPrivateIpAddresses",
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ec2:UnassignPrivateIpAddresses",
    ],
    Resource: "*",
  });
