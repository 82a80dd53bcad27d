import { KinesisFirehoseDeliveryStream } from "@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream";
import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { type Expression, hcl } from "../../terraform/expression";
import type { DeliveryRole } from "../delivery-role";
import type { ErrorLog } from "../error-log";
import { objectsConfiguration } from "../objects";
import { addSource } from "../source";
import type { SearchDeliveryContext } from "./context";
import { transformArn } from "./permissions";

export interface SearchDeliveryParts {
  readonly log: ErrorLog;
  readonly role: DeliveryRole;
  readonly transform: LambdaFunction;
}

/** The delivery stream: function and search, and S3 beside them, each with a buffer of its own. */
export function createSearchDelivery(
  context: SearchDeliveryContext,
  { log, role, transform }: SearchDeliveryParts,
): KinesisFirehoseDeliveryStream {
  const { scope, inputs } = context;
  const ofObjects = {
    intervalSeconds: inputs.s3BufferingIntervalSeconds,
    sizeMib: inputs.s3BufferingSizeMib,
    compression: inputs.compression,
  };
  const deliveryStream = new KinesisFirehoseDeliveryStream(scope, "kinesis_firehose_delivery_stream", {
    name: context.name,
    destination: "opensearch",
    opensearchConfiguration: {
      domainArn: inputs.searchDomainArn.string,
      roleArn: role.arn,
      indexName: inputs.indexName.string,
      indexRotationPeriod: inputs.indexRotationPeriod.string,
      bufferingInterval: inputs.bufferingIntervalSeconds.number,
      bufferingSize: inputs.bufferingSizeMib.number,
      retryDuration: inputs.retryDurationSeconds.number,
      s3BackupMode: inputs.s3BackupMode.string,
      documentIdOptions: { defaultDocumentIdFormat: inputs.documentIdFormat.string },
      s3Configuration: {
        ...objectsConfiguration(context.objects, ofObjects, role.arn),
        cloudwatchLoggingOptions: log.optionsOf("backup"),
      },
      cloudwatchLoggingOptions: log.optionsOf("destination"),
      processingConfiguration: { enabled: true, processors: [{ type: "Lambda" }] },
    },
    tags: inputs.tags.map,
    dependsOn: [role.policy, transform],
  });
  deliveryStream.addOverride("opensearch_configuration.processing_configuration.processors.0.dynamic.parameters", {
    for_each: transformParameters(context),
    content: { parameter_name: hcl`parameters.key`, parameter_value: hcl`parameters.value` },
  });
  deliveryStream.addOverride("opensearch_configuration.dynamic.vpc_config", {
    for_each: hcl`${inputs.vpc.subnetIds} == null ? [] : [true]`,
    content: {
      role_arn: role.arn,
      subnet_ids: inputs.vpc.subnetIds,
      security_group_ids: inputs.vpc.securityGroupIds,
    },
  });
  addSource(deliveryStream, context, role.arn);
  return deliveryStream;
}

/**
 * Without those that are Firehose's defaults: the provider does not read them back, and would plan a change for ever
 * (documentation of aws_kinesis_firehose_delivery_stream, processors).
 */
function transformParameters(context: SearchDeliveryContext): Expression {
  const { transformBufferingIntervalSeconds, transformBufferingSizeMib } = context.inputs;
  const all = {
    BufferIntervalInSeconds: hcl`tostring(${transformBufferingIntervalSeconds})`,
    BufferSizeInMBs: hcl`tostring(${transformBufferingSizeMib})`,
    LambdaArn: transformArn(context),
  };
  const defaults = { BufferIntervalInSeconds: "60", BufferSizeInMBs: "1" };
  return hcl`{ for name, value in ${all} : name => value if value != lookup(${defaults}, name, "") }`;
}
