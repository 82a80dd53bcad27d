import type { KinesisFirehoseDeliveryStream } from "@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream";
import { PolicyDocument, statementIf, statementsIf } from "../aws/policy";
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
  return new PolicyDocument([
    statementIf(hasSource(context), allowPuts("kinesis", inputs.sourceStreamArn.string)),
    ...statementsIf(hasSource(context), [allowEncryption(account, "kinesis", inputs.sourceKmsKeyArn)]),
    statementIf(isDirectPut(context), allowPuts("firehose", deliveryStreamArn(context))),
    ...statementsIf(isDirectPut(context), [allowEncryption(account, "firehose", inputs.kmsKeyArn)]),
  ]);
}
