import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { TerraformCount } from "cdktf";
import type { IndexCleanupEnvironment } from "../../core/settings/index-cleanup";
import { type Expression, hcl, requiredText } from "../terraform/expression";
import type { Context } from "./context";
import { addVpc } from "./function-vpc";
import { createScheduleRole, type IndexCleanupRole, isCleanedUp } from "./index-cleanup-role";
import { indexHistoryOf } from "./index-names";
import { metricsNamespace } from "./metrics-namespace";

/** One run reads the whole list of indices, and deletes one after the other. */
const MEMORY_MIB = 512;
const TIMEOUT_SECONDS = 900;

/** Lambda queues what the schedule sends, so a run is late only while Lambda does not answer. */
const RETRIED_SECONDS = 3_600;
const RETRIES = 10;

export interface IndexCleanupProps {
  readonly key: KmsKey;
  readonly role: IndexCleanupRole;
  readonly searchEndpoint: Expression;
  /** Path of the zip, as a Terraform expression. */
  readonly zipPath: string;
}

/** The function that deletes old indices, with its log group, its schedule and the role of that. @returns its name; null: none */
export function createIndexCleanup(context: Context, props: IndexCleanupProps): Expression {
  const { scope, inputs } = context;
  const { key, role, zipPath } = props;
  const count = () => TerraformCount.of(hcl`${isCleanedUp(inputs)} ? 1 : 0`.number);
  // Without the "_" of the forwarders' names, which a log group named "index-cleanup" would have, too.
  const name = hcl`join("-", [${inputs.name}, "index-cleanup"])`.string;
  const logGroup = new CloudwatchLogGroup(scope, "index_cleanup_log_group", {
    count: count(),
    name: `/aws/lambda/${inputs.name}-index-cleanup`,
    retentionInDays: inputs.functionLogRetentionInDays.number,
    kmsKeyId: key.arn,
    tags: inputs.tags.map,
  });
  const cleanup = new LambdaFunction(scope, "index_cleanup_function", {
    count: count(),
    functionName: name,
    description: "Deletes the pipeline's old indices",
    filename: zipPath,
    sourceCodeHash: hcl`filebase64sha256(${zipPath})`.string,
    handler: "index.handler",
    runtime: inputs.functionRuntime.string,
    architectures: [inputs.functionArchitecture.string],
    memorySize: MEMORY_MIB,
    timeout: TIMEOUT_SECONDS,
    role: role.arn.string,
    kmsKeyArn: key.arn,
    tracingConfig: { mode: "Active" },
    environment: { variables: variables(context, props) },
    tags: inputs.tags.map,
    // Otherwise Lambda creates the log group, unencrypted. It also checks the role when the function is created.
    dependsOn: [logGroup, role.policy],
  });
  addVpc(cleanup, inputs);
  const arn = hcl`one(${cleanup.fqn}[*].arn)`.string;
  const scheduleRole = createScheduleRole(context);
  new SchedulerSchedule(scope, "index_cleanup_schedule", {
    count: count(),
    name,
    description: "Runs the function that deletes old indices",
    scheduleExpression: requiredText(inputs.indexCleanup.schedule),
    scheduleExpressionTimezone: inputs.indexCleanup.timezone.string,
    flexibleTimeWindow: { mode: "OFF" },
    target: {
      arn,
      roleArn: scheduleRole.arn.string,
      retryPolicy: { maximumEventAgeInSeconds: RETRIED_SECONDS, maximumRetryAttempts: RETRIES },
    },
    dependsOn: [scheduleRole.policy],
  });
  return hcl`one(${cleanup.fqn}[*].function_name)`;
}

function variables({ inputs }: Context, { searchEndpoint }: IndexCleanupProps) {
  const { indexCleanup, indexPrefix, indexPeriod } = inputs;
  const orNone = (rule: Expression) => hcl`${rule} == null ? 0 : ${rule}`.string;
  return {
    SEARCH_ENDPOINT: searchEndpoint.string,
    PIPELINE_NAME: inputs.name.string,
    INDEX_PREFIX: indexPrefix.string,
    INDEX_PERIOD: indexPeriod.string,
    INDEX_HISTORY: indexHistoryOf(inputs).string,
    KEEP_DAYS: orNone(indexCleanup.keepDays),
    KEEP_COUNT: orNone(indexCleanup.keepCount),
    MAX_DISK_PERCENT: orNone(indexCleanup.maxDiskPercent),
    MAX_DELETIONS_PER_RUN: indexCleanup.maxDeletionsPerRun.string,
    DRY_RUN: hcl`coalesce(${indexCleanup.dryRun}, false) ? "on" : "off"`.string,
    METRICS_NAMESPACE: metricsNamespace(inputs).string,
  } satisfies Partial<Record<keyof IndexCleanupEnvironment, string>>;
}
