import type { DeployedFunction, Deployment, FunctionKind } from "../plan/deployment";
import { compactedObjects } from "./archive";
import { timeOf } from "./functions";
import { type MonthlyTraffic, vcpusOf } from "./traffic";
import { GIB, HOURS } from "./units";
import { type Usage, usagesOf } from "./usage";
import type { Workload } from "./workload";

/**
 * Decision 44, "What it saves": 720 objects took 390 ms of a vCPU with 318 KB together, and 575 ms with 2.58 MB; so an object takes
 * the one, and a MB the other.
 */
const COMPACTION = { secondsPerObject: 0.000506, secondsPerMb: 0.0818 };
/** Objects that compaction reads at a time, and hours of which each run lists what there is (the same decision). */
const READ_AT_A_TIME = 32;
const LISTED_HOURS = 72;
/** docs/audit.md, "Memory, time and cost": where nothing is wrong. LIST requests are by hour, the others by object. */
const AUDIT = { waitingSecondsPerMillionLines: 27, cpuSecondsPerMillionLines: 55, listsPerHour: 13 };

interface Parts {
  readonly deployment: Deployment;
  readonly traffic: MonthlyTraffic;
  readonly workload: Workload;
}

const s3 = usagesOf("archive");

/** By kind: what so many runs of a function use. */
const USAGES: Partial<Record<FunctionKind, (lambda: DeployedFunction, runs: number, parts: Parts) => Usage[]>> = {
  "index-cleanup": (lambda, runs, { workload }) =>
    timeOf("functions", "index clean-up", lambda, runs, runs * workload.cleanupSeconds),

  "archive-compaction"(lambda, runs, { deployment, traffic, workload }) {
    const objects = traffic.invocations;
    const megabytes = (traffic.archivedGb * GIB) / 1e6;
    const cpu = objects * COMPACTION.secondsPerObject + megabytes * COMPACTION.secondsPerMb;
    const waiting = (objects / READ_AT_A_TIME + runs) * workload.waitingSeconds;
    return [
      ...timeOf("functions", "compaction", lambda, runs, waiting + cpu / vcpusOf(lambda)),
      s3("GETs of the compaction", "s3_get_thousand", (objects + compactedObjects(deployment, traffic)) / 1_000),
      s3("LISTs of the compaction", "s3_put_thousand", (runs * LISTED_HOURS + objects / 1_000) / 1_000),
    ];
  },

  audit(lambda, runs, { traffic }) {
    const hours = runs * Math.max(1, Number(lambda.variables.LOOK_BACK_HOURS ?? 1) || 1);
    // Hours of a month that are compared again count again.
    const part = hours / HOURS;
    const millions = (traffic.lines / 1e6) * part;
    const seconds =
      millions * (AUDIT.waitingSecondsPerMillionLines + AUDIT.cpuSecondsPerMillionLines / vcpusOf(lambda));
    return [
      ...timeOf("functions", "audit", lambda, runs, seconds),
      s3("HEADs of the audit", "s3_get_thousand", (traffic.invocations * part) / 1_000),
      s3("LISTs of the audit", "s3_put_thousand", (hours * AUDIT.listsPerHour) / 1_000),
    ];
  },
};

/** The functions that a schedule runs. */
export const scheduledUsage = (deployment: Deployment, traffic: MonthlyTraffic, workload: Workload): Usage[] =>
  deployment.functions.flatMap((each) => {
    const usageOfRuns = each.kind && USAGES[each.kind];
    return usageOfRuns && each.runsPerMonth
      ? usageOfRuns(each, each.runsPerMonth, { deployment, traffic, workload })
      : [];
  });
