import { KinesisStreamConsumer } from "@cdktf/provider-aws/lib/kinesis-stream-consumer";
import { type ITerraformDependable, TerraformIterator, TerraformLocal } from "cdktf";
import { allowDecryption, allowReads } from "../aws/consumer";
import { type Expression, hcl } from "../terraform/expression";
import { attributeByKey } from "../terraform/instances";
import type { Context } from "./context";
import type { PipelineKey } from "./key";
import type { Lanes } from "./lanes";
import { laneStreamArn } from "./stream-arns";

/** Registers the consumers that read streams beside the forwarders. Returns their ARNs, by name. */
export function createStreamConsumers(context: Context, lanes: Lanes, streams: ITerraformDependable): Expression {
  const { scope, inputs } = context;
  const consumers = new KinesisStreamConsumer(scope, "stream_consumer", {
    forEach: TerraformIterator.fromMap(inputs.streamConsumers.map),
    name: hcl`each.key`.string,
    // Not the stream's attribute: what a consumer costs depends on its stream, which a plan then shows.
    streamArn: laneStreamArn(context, hcl`${lanes.byKey}[each.value].name`).string,
    dependsOn: [streams],
  });
  return attributeByKey(consumers, "arn");
}

/** The identity policies of applications that read a lane's stream, as JSON by log group. */
export function consumerPoliciesOf(context: Context, lanes: Lanes, key: PipelineKey): Expression {
  const { scope, account } = context;
  const stream = laneStreamArn(context, hcl`lane.name`);
  const statements = [
    allowReads("ReadStream", stream),
    {
      Sid: "SubscribeAsConsumer",
      Effect: "Allow",
      Action: ["kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard"],
      Resource: hcl`join("/", [${stream}, "consumer/*"])`,
    },
    allowDecryption(account, hcl`${key.arn}`),
  ];
  const policy = { Version: "2012-10-17", Statement: statements };
  const { expression } = new TerraformLocal(
    scope,
    "consumer_policies",
    hcl`{ for key, lane in ${lanes.byKey} : key => ${policy} }`,
  );
  return hcl`{ for key, policy in ${expression} : key => jsonencode(policy) }`;
}
