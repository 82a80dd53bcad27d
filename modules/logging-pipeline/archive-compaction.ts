import type { ArchiveCompactionEnvironment } from "../../core/settings/archive-compaction";
import { assumedByLambda, decryptEnvironment, writeOwnLogs } from "../aws/function-role";
import type { ConditionalStatement, Statement } from "../aws/policy";
import { useOfKey } from "../aws/via-service";
import type { Values } from "../inputs/values";
import { type Expression, hcl } from "../terraform/expression";
import type { Context } from "./context";
import { attachToVpc } from "./function-vpc";
import type { pipelineInputs } from "./inputs";
import type { PipelineKey } from "./key";
import type { Lanes } from "./lanes";
import { metricsNamespace } from "./metrics-namespace";
import { namesOf } from "./own-log-groups";
import { createOptionalRole, createScheduledFunction } from "./scheduled-function";

/** A whole CPU (Lambda Developer Guide, Configure Lambda function memory): a run compresses, one object after the other. */
const MEMORY_MIB = 1_769;

/** The shortest retention of a stream, in hours. */
const MIN_RETENTION_HOURS = 24;

/** Whether the pipeline compacts its archive. */
export const isCompacted = ({ archiveCompaction }: Values<typeof pipelineInputs>): Expression =>
  hcl`${archiveCompaction.schedule} != null`;

export interface ArchiveCompactionProps {
  readonly lanes: Lanes;
  readonly key: PipelineKey;
  /** Path of the zip, as a Terraform expression. */
  readonly zipPath: string;
}

/** The function that makes few objects of the many in the archive. @returns its name, and its role's ARN; null: none */
export function createArchiveCompaction(context: Context, { lanes, key, zipPath }: ArchiveCompactionProps) {
  const { inputs, account } = context;
  const name = `${inputs.name}-archive-compaction`;
  const role = createOptionalRole(context, {
    isCreated: isCompacted(inputs),
    id: "archive_compaction",
    name: "archive-compaction",
    description: "The function archive-compaction makes few objects of many in the archive bucket",
    assumedBy: assumedByLambda(account, inputs.enforceLambdaSourceAccount),
    statements: [
      decryptEnvironment(account, name, key.arn),
      ...writeOwnLogs(account, name),
      ...compactArchive(context),
      attachToVpc(inputs),
    ],
  });
  const { schedule, timezone } = inputs.archiveCompaction;
  const functionName = createScheduledFunction(context, {
    isCreated: isCompacted(inputs),
    id: "archive_compaction",
    name: "archive-compaction",
    logGroupName: namesOf(inputs.name.string).archiveCompaction,
    description: "Makes few objects of the many in the archive",
    scheduleDescription: "Runs the function that compacts the archive",
    who: "function archive-compaction",
    ...{ schedule, timezone, memoryMib: MEMORY_MIB, zipPath, key, role },
    variables: variables(context, lanes),
  });
  return { functionName, roleArn: role.arn };
}

/**
 * What is deleted is named, and unchanged since it was read; what is written is new. Sources: Amazon S3 User Guide, "Enforce conditional
 * deletes" and "Enforce conditional writes".
 */
function compactArchive({ inputs, account, archiveBucketArn, archiveOwner }: Context) {
  const folder = `${inputs.archivePrefix}archive`;
  const ofItsOwner = { "s3:ResourceAccount": archiveOwner };
  const allow = (Sid: string, Action: string, Resource: string, Condition: Statement["Condition"] = {}): Statement => ({
    ...{ Sid, Effect: "Allow", Action, Resource },
    Condition: { StringEquals: ofItsOwner, ...Condition },
  });
  const statements: (Statement | ConditionalStatement)[] = [
    // Without a prefix: by one, S3 would answer 403, not 404, for an object that is gone (Amazon S3 API Reference, GetObject).
    allow("ListArchive", "s3:ListBucket", archiveBucketArn),
    allow("CheckObjectLock", "s3:GetBucketObjectLockConfiguration", archiveBucketArn),
    allow("ReadArchive", "s3:GetObject", `${archiveBucketArn}/${folder}/*`),
    allow("CreateCompactedObjects", "s3:PutObject", `${archiveBucketArn}/${folder}/*/compacted-*.gz`, {
      Null: { "s3:if-none-match": "false" },
    }),
    allow("DeleteUnchangedObjects", "s3:DeleteObject", `${archiveBucketArn}/${folder}/*/shardId-*.gz`, {
      Null: { "s3:if-match": "false" },
    }),
    useOfKey("UseArchiveKey", ["kms:Decrypt", "kms:GenerateDataKey"], {
      keyArn: inputs.archiveKmsKeyArn,
      account,
      service: "s3",
    }),
  ];
  return statements;
}

function variables({ inputs, archiveBucket }: Context, lanes: Lanes) {
  const retentions = hcl`[for lane in values(${lanes.byKey}) : lane.retention_hours]`;
  return {
    ARCHIVE_BUCKET: archiveBucket,
    ARCHIVE_PREFIX: inputs.archivePrefix.string,
    MIN_AGE_HOURS: hcl`max(concat([${MIN_RETENTION_HOURS}], ${retentions})...) + 1`.string,
    LOOK_BACK_HOURS: inputs.archiveCompaction.lookBackHours.string,
    METRICS_NAMESPACE: metricsNamespace(inputs).string,
  } satisfies Partial<Record<keyof ArchiveCompactionEnvironment, string>>;
}
