import type { KinesisFirehoseDeliveryStream } from "@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream";
import { PolicyDocument, statementIf } from "../aws/policy";
import { allowEncryption, allowPuts } from "../aws/producer";
import { hcl } from "../terraform/expression";
import { type DeliveryContext, deliveryStreamArn, hasSource, isDirectPut } from "./context";

/**
 * Gives a delivery stream its source. With a Kinesis stream, Firehose stores nothing itself and refuses encryption of its own
 * (Amazon Data Firehose Developer Guide, Data protection in Amazon Data Firehose).
 */
export function addSource(deliveryStream: KinesisFirehoseDeliveryStream, context: DeliveryContext, role: string): void {
  const { inputs } = context;
  deliveryStream.addOverride("dynamic.kinesis_source_configuration", {
    for_each: hcl`${hasSource(context)} ? [true] : []`,
    content: { kinesis_stream_arn: inputs.sourceStreamArn, role_arn: role },
  });
  deliveryStream.addOverride("dynamic.server_side_encryption", {
    for_each: hcl`${isDirectPut(context)} ? [true] : []`,
    content: {
      enabled: true,
      key_type: hcl`${inputs.kmsKeyArn} == null ? "AWS_OWNED_CMK" : "CUSTOMER_MANAGED_CMK"`,
      key_arn: inputs.kmsKeyArn,
    },
  });
}

/** What an application needs that writes to the lane: to its Kinesis stream or, without one, to the delivery stream. */
export function producerPolicyOf(context: DeliveryContext): PolicyDocument {
  const { inputs, account } = context;
  const { sourceStreamArn, sourceKmsKeyArn, kmsKeyArn } = inputs;
  return new PolicyDocument([
    statementIf(hasSource(context), allowPuts("kinesis", sourceStreamArn)),
    statementIf(
      hcl`${hasSource(context)} && ${sourceKmsKeyArn} != null`,
      allowEncryption(account, "kinesis", sourceKmsKeyArn),
    ),
    statementIf(isDirectPut(context), allowPuts("firehose", hcl`${deliveryStreamArn(context)}`)),
    statementIf(hcl`${isDirectPut(context)} && ${kmsKeyArn} != null`, allowEncryption(account, "firehose", kmsKeyArn)),
  ]);
}
