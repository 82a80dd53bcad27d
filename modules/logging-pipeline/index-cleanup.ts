import type { IndexCleanupEnvironment } from "../../core/settings/index-cleanup";
import { type Expression, hcl } from "../terraform/expression";
import type { Context } from "./context";
import { isCleanedUp } from "./index-cleanup-role";
import { indexHistoryOf } from "./index-names";
import type { PipelineKey } from "./key";
import { metricsNamespace } from "./metrics-namespace";
import { namesOf } from "./own-log-groups";
import { createScheduledFunction, type OptionalRole } from "./scheduled-function";
import { engineAccessVariables } from "./search-endpoint";

/** One run reads the whole list of indices, and deletes one after the other. */
const MEMORY_MIB = 512;

export interface IndexCleanupProps {
  readonly key: PipelineKey;
  readonly role: OptionalRole;
  readonly searchEndpoint: Expression;
  /** Path of the zip, as a Terraform expression. */
  readonly zipPath: string;
}

/** The function that deletes old indices. @returns its name; null: none */
export function createIndexCleanup(context: Context, props: IndexCleanupProps): Expression {
  const { inputs } = context;
  const { schedule, timezone } = inputs.indexCleanup;
  return createScheduledFunction(context, {
    isCreated: isCleanedUp(inputs),
    id: "index_cleanup",
    name: "index-cleanup",
    logGroupName: namesOf(inputs.name.string).indexCleanup,
    description: "Deletes the pipeline's old indices",
    scheduleDescription: "Runs the function that deletes old indices",
    who: "clean-up function",
    ...{ schedule, timezone, memoryMib: MEMORY_MIB },
    zipPath: props.zipPath,
    key: props.key,
    role: props.role,
    variables: variables(context, props),
  });
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
