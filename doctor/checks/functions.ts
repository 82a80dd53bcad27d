import type { DoctorCheckName, DoctorFinding } from "../check-table";
import type { DoctorContext, DoctorLane } from "../context";
import { type Examined, looked, together } from "../examined";
import { shownLogsOf } from "./commands";
import { lastError } from "./last-error";
import { examineMapping } from "./mappings";
import { metricOf } from "./metric";
import { examineDraining } from "./undrained";

/** End of support, by runtime (Lambda Developer Guide, Lambda runtimes). */
const RUNTIME_ENDS: Readonly<Record<string, string>> = {
  "nodejs18.x": "2025-09-01",
  "nodejs20.x": "2026-04-30",
  "nodejs22.x": "2027-04-30",
  "nodejs24.x": "2028-04-30",
};
const RUNTIME_WARNING_DAYS = 90;

const MAX_AGE_MINUTES = 15;
const HOUR_MINUTES = 60;

/** Checks that each stream has a function that can run, is invoked, and succeeds. */
export const examineFunctions = (context: DoctorContext): Promise<Examined> =>
  together(
    context.lanes.map((lane) =>
      together([
        looked(["function", "runtime"], lane.name, async () => examineFunction(context, lane)),
        examineMapping(context, lane),
        examineDraining(context, lane),
        examineRuns(context, lane),
      ]),
    ),
  );

function examineFunction({ nowMs }: DoctorContext, { name, forwarder }: DoctorLane): DoctorFinding[] {
  const apply = (found: string): DoctorFinding[] => [
    { check: "function", subject: name, found, command: "terraform apply" },
  ];
  const configuration = forwarder();
  if (!configuration) return apply("the stream has no function of its name");
  const { State, StateReason, LastUpdateStatus, LastUpdateStatusReason, Runtime = "" } = configuration;
  const findings: DoctorFinding[] = [];
  if (State !== undefined && State !== "Active" && State !== "Inactive") {
    findings.push(...apply(`it is ${State}: ${StateReason ?? "no reason is given"}`));
  }
  if (LastUpdateStatus === "Failed") {
    findings.push(...apply(`its last update failed: ${LastUpdateStatusReason ?? "no reason is given"}`));
  }
  const ends = RUNTIME_ENDS[Runtime];
  if (ends !== undefined && Date.parse(ends) - nowMs < RUNTIME_WARNING_DAYS * 86_400_000) {
    findings.push({
      check: "runtime",
      subject: name,
      found: `AWS supports ${Runtime} until ${ends}`,
      command: 'terraform apply, with function_runtime = "nodejs24.x" and version 6.20 of the AWS provider or newer',
    });
  }
  return findings;
}

function examineRuns(context: DoctorContext, lane: DoctorLane): Promise<Examined> {
  const { name } = lane;
  const ofFunction = { namespace: "AWS/Lambda", dimensions: { FunctionName: name } } as const;
  const found = (check: DoctorCheckName, text: string): DoctorFinding => ({
    ...{ check, subject: name, found: text, command: shownLogsOf(name) },
  });
  return together([
    looked(["iterator-age"], name, async () => {
      const ageMs = await metricOf(context, {
        ...{ ...ofFunction, metric: "IteratorAge", statistic: "Maximum", minutes: MAX_AGE_MINUTES },
      });
      if (ageMs === undefined || ageMs <= MAX_AGE_MINUTES * 60_000) return [];
      return [found("iterator-age", `it reads records that are ${Math.round(ageMs / 60_000)} minutes old`)];
    }),
    looked(["function-errors"], name, async () => {
      const errors = await metricOf(context, {
        ...{ ...ofFunction, metric: "Errors", statistic: "Sum", minutes: HOUR_MINUTES },
      });
      if (!errors) return [];
      const last = await lastError(context, name);
      const said = last === undefined ? "" : `; the last error: ${last}`;
      return [found("function-errors", `${errors} invocations failed in the last hour${said}`)];
    }),
  ]);
}
