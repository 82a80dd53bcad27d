import { type FilteredLogEvent, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeStreamSummaryCommand } from "@aws-sdk/client-kinesis";
import { ListEventSourceMappingsCommand } from "@aws-sdk/client-lambda";
import { parsedObject } from "../../core/json/object";
import type { DoctorFinding } from "../check-table";
import type { DoctorContext, DoctorLane } from "../context";
import { metricOf } from "./metric";

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
const MAX_PAGES = 20;

/** Checks that each stream has a function that can run, is invoked, and succeeds. */
export async function examineFunctions(context: DoctorContext): Promise<DoctorFinding[]> {
  const all = await Promise.all(
    context.lanes.map(async (lane) => [
      ...examineFunction(context, lane),
      ...(lane.forwarder ? [...(await examineMapping(context, lane)), ...(await examineRuns(context, lane))] : []),
    ]),
  );
  return all.flat();
}

function examineFunction({ nowMs }: DoctorContext, { name, forwarder }: DoctorLane): DoctorFinding[] {
  const apply = (found: string): DoctorFinding[] => [
    { check: "function", subject: name, found, command: "terraform apply" },
  ];
  if (!forwarder) return apply("the stream has no function of its name");
  const { State, StateReason, LastUpdateStatus, LastUpdateStatusReason, Runtime = "" } = forwarder;
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

async function examineMapping({ clients }: DoctorContext, { name }: DoctorLane): Promise<DoctorFinding[]> {
  const { StreamDescriptionSummary } = await clients.kinesis.send(
    new DescribeStreamSummaryCommand({ StreamName: name }),
  );
  // By the stream: by a function's name, the emulator lists none.
  const { EventSourceMappings = [] } = await clients.lambda.send(
    new ListEventSourceMappingsCommand({ EventSourceArn: StreamDescriptionSummary?.StreamARN }),
  );
  const own = EventSourceMappings.filter(({ FunctionArn = "" }) => FunctionArn.split(":")[6] === name);
  if (own.length === 0) {
    return [{ check: "mapping", subject: name, found: "it has no event source mapping", command: "terraform apply" }];
  }
  return own.flatMap(({ UUID, State, LastProcessingResult = "" }): DoctorFinding[] => {
    if (State !== "Enabled") {
      const command = `aws lambda update-event-source-mapping --uuid ${UUID} --enabled`;
      return [{ check: "mapping", subject: name, found: `its event source mapping is ${State}`, command }];
    }
    if (!LastProcessingResult.startsWith("PROBLEM")) return [];
    return [{ check: "mapping-result", subject: name, found: LastProcessingResult, command: tailOf(name) }];
  });
}

async function examineRuns(context: DoctorContext, { name }: DoctorLane): Promise<DoctorFinding[]> {
  const ofFunction = { namespace: "AWS/Lambda", dimensions: { FunctionName: name } };
  const findings: DoctorFinding[] = [];
  const ageMs = await metricOf(context, {
    ...{ ...ofFunction, metric: "IteratorAge", statistic: "Maximum", minutes: MAX_AGE_MINUTES },
  });
  if (ageMs !== undefined && ageMs > MAX_AGE_MINUTES * 60_000) {
    const found = `it reads records that are ${Math.round(ageMs / 60_000)} minutes old`;
    findings.push({ check: "iterator-age", subject: name, found, command: tailOf(name) });
  }
  const errors = await metricOf(context, { ...ofFunction, metric: "Errors", statistic: "Sum", minutes: HOUR_MINUTES });
  if (errors !== undefined && errors > 0) {
    const last = await lastError(context, name);
    const found = `${errors} invocations failed in the last hour${last === undefined ? "" : `; the last error: ${last}`}`;
    findings.push({ check: "function-errors", subject: name, found, command: tailOf(name) });
  }
  return findings;
}

/** @returns undefined: no line of the last hour has one */
async function lastError({ clients, nowMs }: DoctorContext, name: string): Promise<string | undefined> {
  let latest: FilteredLogEvent | undefined;
  let token: string | undefined;
  // The earliest events come first, and a page may be empty.
  for (let page = 0; page < MAX_PAGES; page++) {
    const { events = [], nextToken } = await clients.logs.send(
      new FilterLogEventsCommand({
        logGroupName: `/aws/lambda/${name}`,
        startTime: nowMs - HOUR_MINUTES * 60_000,
        filterPattern: "{ $.error = * }",
        ...(token && { nextToken: token }),
      }),
    );
    for (const event of events) if ((event.timestamp ?? 0) >= (latest?.timestamp ?? 0)) latest = event;
    if (!nextToken) break;
    token = nextToken;
  }
  const { error, errorCode } = parsedObject(latest?.message ?? "") ?? {};
  if (typeof error !== "string") return undefined;
  return typeof errorCode === "string" ? `${errorCode}: ${error}` : error;
}

const tailOf = (name: string): string => `aws logs tail /aws/lambda/${name} --since 1h`;
