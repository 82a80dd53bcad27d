import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { accountOf } from "../aws/account";
import { ownTopics } from "../aws/alarms";
import { keyOfRegion } from "../aws/own-arns";
import { preconditions, validateProps } from "../inputs/constraints";
import { valuesOf } from "../inputs/values";
import { archiveBucketOf, archiveOwnerOf } from "../log-archive/bucket-name";
import { indexSettings } from "../logging-pipeline/index-names";
import { namesOf } from "../logging-pipeline/own-log-groups";
import { type Expression, hcl } from "../terraform/expression";
import { functionZip } from "../terraform/function-package";
import { createAccessLogsAlarms } from "./alarms";
import { accessLogsConstraints } from "./constraints";
import type { AccessLogsContext } from "./context";
import { variablesFit } from "./environment";
import { createAccessLogsFunction } from "./function";
import { accessLogsRetentionDays } from "./index-retention";
import { type AccessLogsProps, accessLogsInputs } from "./inputs";
import { createNotifications } from "./notifications";
import type { accessLogsOutputs } from "./outputs";
import { forOwners } from "./owners";
import { createQueues } from "./queues";
import { createAccessLogsRole, forQuarantineOwner } from "./role";
import { Sources } from "./sources";

/**
 * Delivers access logs in S3 to a search endpoint: 9 resources, and one or two for each bucket that it configures. The buckets and
 * the archive bucket must exist.
 */
export class AccessLogs extends Construct {
  /** By name, in camelCase. */
  readonly outputs: Readonly<Record<keyof typeof accessLogsOutputs, Expression>>;

  /**
   * @param props any value may be a token. {@link accessLogsInputs} has descriptions and limits.
   * @throws LoggingPipelineError listing every value that is known at synth and not allowed
   */
  constructor(scope: Construct, id: string, props: AccessLogsProps) {
    super(scope, id);
    validateProps(this.node.path, accessLogsInputs, accessLogsConstraints, props);

    const inputs = valuesOf(accessLogsInputs, props);
    const account = accountOf(this);
    const archiveOwner = archiveOwnerOf(inputs, account);
    const archiveBucketName = archiveBucketOf(inputs, { ...account, id: archiveOwner });
    const context: AccessLogsContext = {
      scope: this,
      inputs,
      account,
      prefix: namesOf(inputs.name.string).accessLogs,
      archiveBucket: new TerraformLocal(this, "archive_bucket", archiveBucketName).asString,
      archiveOwner,
    };
    const sources = new Sources(context);
    const queues = createQueues(context, sources, [
      ...preconditions(accessLogsConstraints, accessLogsInputs, props),
      ...ownTopics(account, inputs.alarms),
      keyOfRegion(account, "archive_kms_key_arn", inputs.archiveKmsKeyArn),
      sources.fitIntoPolicy,
      variablesFit(context),
    ]);
    const role = createAccessLogsRole(context, sources);
    const { lambda, mapping } = createAccessLogsFunction(context, {
      queue: queues.queue,
      role,
      zipPath: functionZip(this, "access-logs"),
    });
    createNotifications(context, sources, queues);
    createAccessLogsAlarms(context, queues);

    const { queue, deadLetterQueue } = queues;
    this.outputs = {
      functionName: hcl`${lambda.functionName}`,
      functionArn: hcl`${lambda.arn}`,
      logGroupName: hcl`join("/", ["/aws/lambda", ${lambda.functionName}])`,
      eventSourceMappingId: hcl`${mapping.uuid}`,
      roleName: role.name,
      roleArn: hcl`${role.arn}`,
      queueUrl: hcl`${queue.url}`,
      queueArn: hcl`${queue.arn}`,
      deadLetterQueueUrl: hcl`${deadLetterQueue.url}`,
      deadLetterQueueArn: hcl`${deadLetterQueue.arn}`,
      quarantineUri: hcl`join("", ["s3://", ${context.archiveBucket}, "/", ${inputs.archivePrefix}, "access-logs/"])`,
      ...forOwners(context, sources, role),
      ...forQuarantineOwner(context),
      accessLogsIndexSettings: indexSettings(inputs, inputs.indexReplicas, accessLogsRetentionDays(inputs)),
    };
  }
}
