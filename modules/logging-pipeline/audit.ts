import { TerraformLocal } from "cdktf";
import type { AuditEnvironment } from "../../core/settings/audit";
import { type Expression, hcl } from "../terraform/expression";
import { isAudited } from "./audit-role";
import type { Context } from "./context";
import type { PipelineKey } from "./key";
import { metricsNamespace } from "./metrics-namespace";
import { namesOf } from "./own-log-groups";
import { createScheduledFunction, type OptionalRole } from "./scheduled-function";
import { engineAccessVariables } from "./search-endpoint";

export interface AuditProps {
  readonly key: PipelineKey;
  readonly role: OptionalRole;
  readonly searchEndpoint: Expression;
  readonly indexSettings: Expression;
  /** Path of the zip, as a Terraform expression. */
  readonly zipPath: string;
}

/** The function that compares the archive with the index. @returns its name; null: none */
export function createAudit(context: Context, props: AuditProps): Expression {
  const { scope, inputs } = context;
  const { schedule, timezone, memoryMib } = inputs.audit;
  return createScheduledFunction(context, {
    isCreated: isAudited(inputs),
    id: "audit",
    name: "audit",
    logGroupName: namesOf(inputs.name.string).audit,
    description: "Compares the archive with the index",
    scheduleDescription: "Runs the function that compares the archive with the index",
    who: "function audit",
    ...{ schedule, timezone, memoryMib: memoryMib.number },
    zipPath: props.zipPath,
    key: props.key,
    role: props.role,
    variables: variables(context, props),
    input: new TerraformLocal(scope, "audit_event", eventOf(props.indexSettings)).asString,
  });
}

/**
 * What the function is invoked with. The settings are not in its environment, which has room for 4 KB: EventBridge Scheduler sends up to
 * 256 KB. The time is not made by `jsonencode`, which would escape what Scheduler replaces by it.
 *
 * Source: EventBridge Scheduler User Guide, "Adding context attributes".
 */
const eventOf = (indexSettings: Expression): Expression => {
  const before = '{"time":"<aws.scheduler.scheduled-time>","index_settings":';
  return hcl`join("", [${before}, jsonencode(${indexSettings}), ${"}"}])`;
};

function variables({ inputs, archiveBucket }: Context, { searchEndpoint }: AuditProps) {
  const { audit, recordMaxBytes } = inputs;
  return {
    SEARCH_ENDPOINT: searchEndpoint.string,
    ...engineAccessVariables(inputs),
    ARCHIVE_BUCKET: archiveBucket,
    ARCHIVE_PREFIX: inputs.archivePrefix.string,
    MIN_AGE_HOURS: audit.minAgeHours.string,
    LOOK_BACK_HOURS: audit.lookBackHours.string,
    RECORD_MAX_BYTES: hcl`${recordMaxBytes} == null ? "" : ${recordMaxBytes}`.string,
    METRICS_NAMESPACE: metricsNamespace(inputs).string,
  } satisfies Partial<Record<keyof AuditEnvironment, string>>;
}
