import { failureReason } from "../core/http/failure-reason";
import type { DoctorFinding } from "./check-table";
import { examineAlarms } from "./checks/alarms";
import { examineArchive } from "./checks/archive";
import { examineFunctions } from "./checks/functions";
import { examineLogGroups } from "./checks/log-groups";
import { examineSearch } from "./checks/search";
import { examineStreams } from "./checks/streams";
import type { DoctorContext, Examine } from "./context";

/** In the order of a record's way. */
const EXAMINATIONS: Readonly<Record<string, Examine>> = {
  "log groups": examineLogGroups,
  streams: examineStreams,
  functions: examineFunctions,
  archive: examineArchive,
  search: examineSearch,
  alarms: examineAlarms,
};

export interface DoctorReport {
  readonly name: string;
  readonly streams: number;
  readonly findings: readonly DoctorFinding[];
  /** What could not be checked, with the reason. */
  readonly unchecked: readonly { readonly what: string; readonly reason: string }[];
}

/** Makes all checks; one that fails leaves the others as they are. */
export async function examine(context: DoctorContext): Promise<DoctorReport> {
  const findings: DoctorFinding[] = [];
  const unchecked: { what: string; reason: string }[] = [];
  for (const [what, examination] of Object.entries(EXAMINATIONS)) {
    try {
      findings.push(...(await examination(context)));
    } catch (error) {
      unchecked.push({ what, reason: failureReason(error) });
    }
  }
  return { name: context.name, streams: context.lanes.length, findings, unchecked };
}

/** Whether all was checked, and nothing is wrong. */
export const isHealthy = ({ findings, unchecked }: DoctorReport): boolean =>
  findings.length === 0 && unchecked.length === 0;
