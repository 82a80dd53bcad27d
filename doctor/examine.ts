import { examineAlarms } from "./checks/alarms";
import { examineArchive } from "./checks/archive";
import { examineFunctions } from "./checks/functions";
import { examineLogGroups } from "./checks/log-groups";
import { examineRole } from "./checks/role";
import { examineSearch } from "./checks/search";
import { examineStreams } from "./checks/streams";
import type { DoctorContext, Examine } from "./context";
import { type Examined, together } from "./examined";
import { examineTestEvents, type TestEventOptions } from "./test-event/examine";
import type { TestEventResult } from "./test-event/follow";

/** In the order of a record's way. */
const EXAMINATIONS: readonly Examine[] = [
  ...[examineLogGroups, examineStreams, examineFunctions],
  ...[examineArchive, examineRole, examineSearch, examineAlarms],
];

export interface DoctorReport extends Examined {
  readonly name: string;
  readonly streams: number;
  /** With --test-event. */
  readonly testEvents?: readonly TestEventResult[];
}

/**
 * Makes all checks; one that fails leaves the others as they are.
 *
 * @param testEvent undefined: none is put
 */
export async function examine(context: DoctorContext, testEvent?: TestEventOptions): Promise<DoctorReport> {
  const all: Examined[] = [];
  for (const examination of EXAMINATIONS) all.push(await examination(context));
  const tested = testEvent && (await examineTestEvents(context, testEvent));
  const examined = await together(tested ? [...all, tested.examined] : all);
  const { name, lanes } = context;
  return { name, streams: lanes.length, ...examined, ...(tested && { testEvents: tested.results }) };
}

/** Whether all was checked, and nothing is wrong. */
export const isHealthy = ({ findings, unchecked }: Examined): boolean =>
  findings.length === 0 && unchecked.length === 0;
