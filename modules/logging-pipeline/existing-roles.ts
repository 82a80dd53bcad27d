import type { Precondition } from "cdktf";
import { ownArns } from "../aws/own-arns";
import { hcl } from "../terraform/expression";
import type { Context } from "./context";

/** Violated by roles of another account. */
export const existingRolesOfAccount = ({ account, inputs }: Context): Precondition[] =>
  Object.entries({
    forwarder_role_arn: inputs.forwarderRoleArn,
    logs_to_kinesis_role_arn: inputs.logsToKinesisRoleArn,
    "log_destination.role_arn": inputs.logDestination.roleArn,
  }).map(([path, arn]) =>
    ownArns(account, {
      ...{ path, arns: hcl`[${arn}]`, own: ["account"] },
      allowed: `a role of account ${account.id} (IAM User Guide, Grant a user permissions to pass a role to an AWS service)`,
    }),
  );
