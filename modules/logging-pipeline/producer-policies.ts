import { TerraformLocal } from "cdktf";
import { allowEncryption, allowPuts } from "../aws/producer";
import { type Expression, hcl } from "../terraform/expression";
import type { Context } from "./context";
import type { PipelineKey } from "./key";
import type { Lanes } from "./lanes";
import { laneStreamArn } from "./stream-arns";

/** The identity policies of applications that write to a lane's stream themselves, as JSON by log group. */
export function producerPoliciesOf(context: Context, lanes: Lanes, key: PipelineKey): Expression {
  const { scope, account } = context;
  const stream = laneStreamArn(context, hcl`lane.name`);
  const statements = [allowPuts("kinesis", stream), allowEncryption(account, "kinesis", hcl`${key.arn}`)];
  const policy = { Version: "2012-10-17", Statement: statements };
  const { expression } = new TerraformLocal(
    scope,
    "producer_policies",
    hcl`{ for key, lane in ${lanes.byKey} : key => ${policy} }`,
  );
  return hcl`{ for key, policy in ${expression} : key => jsonencode(policy) }`;
}
