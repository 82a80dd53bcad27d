import { examineAlarms } from "./checks/alarms";
import { examineArchive } from "./checks/archive";
import { examineFunctions } from "./checks/functions";
import { examineLogGroups } from "./checks/log-groups";
import { examineSearch } from "./checks/search";
import { examineStreams } from "./checks/streams";
import type { DoctorContext, Examine } from "./context";
import { type Examined, together } from "./examined";

/** In the order of a record's way. */
const EXAMINATIONS: readonly Examine[] = [
  ...[examineLogGroups, examineStreams, examineFunctions],
  ...[examineArchive, examineSearch, examineAlarms],
];

export interface DoctorReport extends Examined {
  readonly name: string;
  readonly streams: number;
}

/** Makes all checks; one that fails leaves the others as they are. */
export async function examine(context: DoctorContext): Promise<DoctorReport> {
  const all: Examined[] = [];
  for (const examination of EXAMINATIONS) all.push(await examination(context));
  return { name: context.name, streams: context.lanes.length, ...(await together(all)) };
}

/** Whether all was checked, and nothing is wrong. */
export const isHealthy = ({ findings, unchecked }: Examined): boolean =>
  findings.length === 0 && unchecked.length === 0;
