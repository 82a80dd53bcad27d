import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import type { IndexCleanupEnvironment } from "../../core/settings/index-cleanup";
import { createFunction, functionLogGroup } from "../aws/function";
import { countIf } from "../terraform/count";
import { type Expression, hcl, requiredText } from "../terraform/expression";
import type { Context } from "./context";
import { addVpc } from "./function-vpc";
import { createScheduleRole, type IndexCleanupRole, isCleanedUp } from "./index-cleanup-role";
import { indexHistoryOf } from "./index-names";
import type { PipelineKey } from "./key";
import { metricsNamespace } from "./metrics-namespace";
import { namesOf } from "./own-log-groups";
import { engineAccessVariables } from "./search-endpoint";

/** One run reads the whole list of indices, and deletes one after the other. */
const MEMORY_MIB = 512;
const TIMEOUT_SECONDS = 900;

/** Lambda queues what the schedule sends, so a run is late only while Lambda does not answer. */
const RETRIED_SECONDS = 3_600;
const RETRIES = 10;

export interface IndexCleanupProps {
  readonly key: PipelineKey;
  readonly role: IndexCleanupRole;
  readonly searchEndpoint: Expression;
  /** Path of the zip, as a Terraform expression. */
  readonly zipPath: string;
}

/** The function that deletes old indices, with its log group, its schedule and the role of that. @returns its name; null: none */
export function createIndexCleanup(context: Context, props: IndexCleanupProps): Expression {
  const { scope, inputs } = context;
  const { key, role, zipPath } = props;
  const count = () => countIf(isCleanedUp(inputs));
  // Without the "_" of the forwarders' names, which a log group named "index-cleanup" would have, too.
  const name = hcl`join("-", [${inputs.name}, "index-cleanup"])`.string;
  const cleanup = createFunction(scope, inputs, {
    ids: { logGroup: "index_cleanup_log_group", lambda: "index_cleanup_function" },
    repeated: () => ({ count: count() }),
    name,
    logGroupName: functionLogGroup(namesOf(inputs.name.string).indexCleanup),
    description: "Deletes the pipeline's old indices",
    zipPath,
    memoryMib: MEMORY_MIB,
    timeoutSeconds: TIMEOUT_SECONDS,
    logRetentionInDays: inputs.functionLogRetentionInDays.number,
    kmsKeyArn: key.arn,
    role: { arn: role.arn.string, policy: role.policy },
    variables: variables(context, props),
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
    ...engineAccessVariables(inputs),
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
