import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { shellQuote } from "../../../../tools/text/shell-quote";
import { type ArchivedPeriod, auditArguments, commandLine } from "../../../report/archive-commands";
import type { Session } from "../../../start/session";
import { variablesOfFunction } from "../applied-lanes";
import type { AppliedStack } from "../applied-resources";
import type { LaneShape } from "../lane-shape";
import type { TimeSpan } from "../time-span";
import type { AuditTarget, PreparedAudit } from "./lane-audits";

/** Later ones are in no object that an audit reads (docs/audit.md, `--late-hours`). */
const MAX_AGE_MS = 360 * 3_600_000;

export interface AuditSources {
  readonly session: Pick<Session, "directory" | "searchEndpoint"> & Partial<Pick<Session, "archive">>;
  readonly stacks: readonly AppliedStack[];
  readonly lanes: readonly LaneShape[];
  /** Of a lane's events, as far as they are known. */
  timesOf(lane: LaneShape): TimeSpan | undefined;
}

/** The folder in which audits work. @param directory of the pipeline */
export const auditDirectory = (directory: string): string => join(directory, "audit");

/** Returns what can be audited: the archive's lanes together, and each of access logs. */
export function auditTargets(sources: AuditSources): AuditTarget[] {
  const ofArchive = sources.lanes.filter(({ kind }) => kind === "log groups" || kind === "application");
  const ofBuckets = sources.lanes.filter(({ kind, isAlive }) => kind === "access logs" && isAlive);
  return [
    ...(sources.session.archive && ofArchive.length > 0 ? [archiveTarget(ofArchive, sources)] : []),
    ...ofBuckets.map((lane) => bucketTarget(lane, sources)),
  ];
}

function archiveTarget(lanes: readonly LaneShape[], { session, stacks, timesOf }: AuditSources): AuditTarget {
  return {
    lanes: lanes.map(({ id, archivedAs }) => ({ id, names: archivedAs })),
    async prepare(nowMs) {
      const times = lanes.map(timesOf).filter((one) => one !== undefined);
      if (times.length === 0) return [];
      const settings = stacks.map(({ outputs }) => outputs.index_settings).find((one) => one !== undefined);
      const indexSettings = await written(session, "index-settings.json", settings);
      const place = { archive: session.archive!, indexSettings, searchEndpoint: session.searchEndpoint };
      return [prepared(session, { ...place, ...periodOf(times, nowMs) })];
    },
  };
}

function bucketTarget(lane: LaneShape, { session, stacks, timesOf }: AuditSources): AuditTarget {
  return {
    lanes: [{ id: lane.id, names: undefined }],
    async prepare(nowMs) {
      const times = timesOf(lane);
      if (!times) return [];
      const resources = stacks.flatMap((stack) => stack.resources);
      const variables = await written(
        session,
        "access-logs.json",
        variablesOfFunction(
          resources.find(({ address, type, values }) => isFunction(lane, { address, type, values }))!,
        ),
      );
      const more = ["--kind", "backfill", "--function-variables", variables];
      return lane.sources.map(({ name }) => {
        const archive = { bucket: name, prefix: "" };
        return prepared(
          session,
          { archive, searchEndpoint: session.searchEndpoint, ...periodOf([times], nowMs) },
          more,
        );
      });
    },
  };
}

const isFunction = (lane: LaneShape, { type, values }: AppliedStack["resources"][number]): boolean =>
  type === "aws_lambda_function" && values.function_name === lane.function?.name;

function periodOf(times: readonly TimeSpan[], nowMs: number): Pick<ArchivedPeriod, "from" | "to" | "arrived"> {
  const oldestMs = nowMs - MAX_AGE_MS;
  const fromMs = Math.max(oldestMs, Math.min(...times.map((one) => one.fromMs)));
  const toMs = Math.max(fromMs, ...times.map((one) => one.toMs));
  return { from: new Date(fromMs), to: new Date(toMs), arrived: new Date(nowMs) };
}

function prepared(
  { directory }: AuditSources["session"],
  period: ArchivedPeriod,
  more: readonly string[] = [],
): PreparedAudit {
  const args = auditArguments(period, more);
  // In a subshell: the terminal keeps its own account.
  return { args, command: `(. ${shellQuote(join(directory, "env.sh"))} && ${commandLine("audit", args)})` };
}

async function written({ directory }: AuditSources["session"], name: string, json: unknown): Promise<string> {
  const path = join(auditDirectory(directory), name);
  await mkdir(auditDirectory(directory), { recursive: true });
  await writeFile(path, JSON.stringify(json), { mode: 0o600 });
  return path;
}
