import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { accountOf } from "../../aws/account";
import { environmentsFit } from "../../aws/environment-size";
import { type Constraint, constraintOf, preconditions, validateProps } from "../../inputs/constraints";
import { functionOptionConstraints } from "../../inputs/function-options";
import { valuesOf } from "../../inputs/values";
import { archiveBucketOf } from "../../log-archive/bucket-name";
import { fieldsAreRead, parserWrites } from "../../logging-pipeline/inputs/without-effect";
import { namesOf } from "../../logging-pipeline/own-log-groups";
import { type Expression, hcl } from "../../terraform/expression";
import { deliveryConstraints } from "../constraints";
import { createDeliveryRole } from "../delivery-role";
import { ErrorLog } from "../error-log";
import { objectsUri } from "../objects";
import { ownDeliveryArns, ownDomainArn } from "../own-arns";
import { producerPolicyOf } from "../source";
import { createSearchAlarms } from "./alarms";
import { isBackedUp, type SearchDeliveryContext } from "./context";
import { createSearchDelivery } from "./delivery-stream";
import { type FirehoseSearchProps, firehoseSearchInputs } from "./inputs";
import type { firehoseSearchOutputs } from "./outputs";
import { useDomainAndFunction } from "./permissions";
import { createTransform, transformVariables } from "./transform";

const searchConstraints: readonly Constraint<typeof firehoseSearchInputs>[] = [
  ...deliveryConstraints,
  constraintOf("parser_fields", fieldsAreRead("parser")),
  constraintOf("parser", parserWrites),
  ...functionOptionConstraints,
];

/**
 * Delivers JSON and text that applications put to a delivery stream, or to a Kinesis stream, to an OpenSearch Service domain and to a
 * bucket: 10 resources, which cost nothing while no records arrive. Domain and bucket must exist.
 */
export class FirehoseSearch extends Construct {
  /** By name, in camelCase. */
  readonly outputs: Readonly<Record<keyof typeof firehoseSearchOutputs, Expression>>;

  /**
   * @param props any value may be a token. {@link firehoseSearchInputs} has descriptions and limits.
   * @throws LoggingPipelineError listing every value that is known at synth and not allowed
   */
  constructor(scope: Construct, id: string, props: FirehoseSearchProps) {
    super(scope, id);
    validateProps(this.node.path, firehoseSearchInputs, searchConstraints, props);

    const inputs = valuesOf(firehoseSearchInputs, props);
    const account = accountOf(this);
    const bucketOrNot = { ...inputs, archiveBucket: inputs.bucket };
    const bucket = new TerraformLocal(this, "bucket", archiveBucketOf(bucketOrNot, account)).asString;
    const context: SearchDeliveryContext = {
      scope: this,
      inputs,
      account,
      name: namesOf(inputs.name.string).firehoseSearch,
      objects: {
        bucketArn: `arn:${account.partition}:s3:::${bucket}`,
        prefix: inputs.prefix,
        errorOutputPrefix: inputs.errorOutputPrefix,
        kmsKeyArn: inputs.bucketKmsKeyArn,
      },
    };
    const log = new ErrorLog(context, [
      ...preconditions(searchConstraints, firehoseSearchInputs, props),
      ...ownDeliveryArns(account, inputs),
      ownDomainArn(account, inputs.searchDomainArn),
      environmentsFit(this, {
        environments: hcl`{ function = tomap(${transformVariables(context)}) }`,
        key: "name",
        path: "rules",
        subject: "rules and fields with which the function has",
        advice: "rules, fields or parser_fields",
      }),
    ]);
    const transform = createTransform(context);
    const role = createDeliveryRole(context, useDomainAndFunction(context));
    const deliveryStream = createSearchDelivery(context, { log, role, transform });
    createSearchAlarms(context);

    const isRotated = hcl`${inputs.indexRotationPeriod} != "NoRotation"`;
    this.outputs = {
      deliveryStreamName: hcl`${deliveryStream.name}`,
      deliveryStreamArn: hcl`${deliveryStream.arn}`,
      indexPattern: hcl`${isRotated} ? ${`${inputs.indexName}-*`} : ${inputs.indexName}`,
      objectsUri: hcl`${isBackedUp(context)} ? ${objectsUri(hcl`${bucket}`, inputs.prefix)} : null`,
      failedUri: objectsUri(hcl`${bucket}`, inputs.errorOutputPrefix),
      functionName: hcl`${transform.functionName}`,
      functionArn: hcl`${transform.arn}`,
      roleArn: hcl`${role.arn}`,
      rolePolicy: role.document,
      producerPolicy: producerPolicyOf(context),
      logGroupName: hcl`${log.group.name}`,
    };
  }
}
