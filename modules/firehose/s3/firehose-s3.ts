import { KinesisFirehoseDeliveryStream } from "@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream";
import { Construct } from "constructs";
import { accountOf } from "../../aws/account";
import { precondition, preconditions, validateProps } from "../../inputs/constraints";
import { valuesOf } from "../../inputs/values";
import { type Expression, hcl } from "../../terraform/expression";
import { createDeliveryAlarms, failedDeliveries, intakeAlarm, waitingRecords } from "../alarms";
import { deliveryConstraints } from "../constraints";
import type { DeliveryContext } from "../context";
import { createDeliveryRole } from "../delivery-role";
import { ErrorLog } from "../error-log";
import { objectsConfiguration, objectsUri } from "../objects";
import { ownDeliveryArns } from "../own-arns";
import { addSource, producerPolicyOf } from "../source";
import { type FirehoseS3Props, firehoseS3Inputs } from "./inputs";
import type { firehoseS3Outputs } from "./outputs";

/**
 * Delivers what applications put to a delivery stream, or to a Kinesis stream, as objects to a bucket that exists: 5 resources, which
 * cost nothing while no records arrive.
 */
export class FirehoseS3 extends Construct {
  /** By name, in camelCase. */
  readonly outputs: Readonly<Record<keyof typeof firehoseS3Outputs, Expression>>;

  /**
   * @param props any value may be a token. {@link firehoseS3Inputs} has descriptions and limits.
   * @throws LoggingPipelineError listing every value that is known at synth and not allowed
   */
  constructor(scope: Construct, id: string, props: FirehoseS3Props) {
    super(scope, id);
    validateProps(this.node.path, firehoseS3Inputs, deliveryConstraints, props);

    const inputs = valuesOf(firehoseS3Inputs, props);
    const account = accountOf(this);
    const context: DeliveryContext = {
      scope: this,
      inputs,
      account,
      name: inputs.streamName.string,
      objects: {
        bucketArn: `arn:${account.partition}:s3:::${inputs.bucket}`,
        prefix: inputs.prefix,
        errorOutputPrefix: inputs.errorOutputPrefix,
        kmsKeyArn: inputs.bucketKmsKeyArn,
      },
    };
    const log = new ErrorLog(context, [
      ...preconditions(deliveryConstraints, firehoseS3Inputs, props),
      ...ownDeliveryArns(account, inputs),
      precondition(
        "account_id",
        `the account of the provider's credentials, ${account.id}`,
        hcl`[for id in [${inputs.accountId}] : id if id == null ? false : id != ${account.id}]`,
      ),
    ]);
    const role = createDeliveryRole(context, []);
    const buffering = {
      intervalSeconds: inputs.bufferingIntervalSeconds,
      sizeMib: inputs.bufferingSizeMib,
      compression: inputs.compression,
    };
    const deliveryStream = new KinesisFirehoseDeliveryStream(this, "kinesis_firehose_delivery_stream", {
      name: context.name,
      destination: "extended_s3",
      extendedS3Configuration: {
        ...objectsConfiguration(context.objects, buffering, role.arn),
        cloudwatchLoggingOptions: log.optionsOf("destination"),
      },
      tags: inputs.tags.map,
      dependsOn: [role.policy],
    });
    addSource(deliveryStream, context, role.arn);
    createDeliveryAlarms(context, {
      data_freshness: waitingRecords("DeliveryToS3", "S3", inputs.bufferingIntervalSeconds),
      success: failedDeliveries("DeliveryToS3", "write objects to S3"),
      intake: intakeAlarm(context, inputs.bufferingIntervalSeconds),
    });

    this.outputs = {
      deliveryStreamName: hcl`${deliveryStream.name}`,
      deliveryStreamArn: hcl`${deliveryStream.arn}`,
      objectsUri: objectsUri(inputs.bucket, inputs.prefix),
      failedUri: objectsUri(inputs.bucket, inputs.errorOutputPrefix),
      roleArn: hcl`${role.arn}`,
      rolePolicy: role.document,
      producerPolicy: producerPolicyOf(context),
      logGroupName: hcl`${log.group.name}`,
    };
  }
}
