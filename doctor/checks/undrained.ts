import type { EventSourceMappingConfiguration } from "@aws-sdk/client-lambda";
import { count } from "../../tools/text/numbers";
import type { DoctorFinding } from "../check-table";
import type { DoctorContext, DoctorLane } from "../context";
import { environmentOf } from "../environment";
import { type Examined, looked } from "../examined";
import { enablingOf } from "./commands";
import { isPaused, mappingsOfLane } from "./mappings";
import { metricOf } from "./metric";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Checks that no lane would be removed with records in its stream: one that nobody reads, or to which nobody delivers any more. */
export const examineDraining = (context: DoctorContext, lane: DoctorLane): Promise<Examined> =>
  looked(["undrained"], lane.name, async () => {
    if (!context.isAws) return [];
    const mappings = lane.forwarder() ? await mappingsOfLane(context, lane) : [];
    return mappings.some((mapping) => !isPaused(mapping))
      ? leftBehind(context, lane)
      : unread(context, lane, mappings[0]);
  });

async function unread(
  context: DoctorContext,
  { name, stream }: DoctorLane,
  paused: EventSourceMappingConfiguration | undefined,
): Promise<DoctorFinding[]> {
  const { nowMs } = context;
  const keptMs = ((await stream()).RetentionPeriodHours ?? 24) * HOUR_MS;
  const sinceMs = Math.max(nowMs - keptMs, paused?.LastModified?.getTime() ?? 0);
  const minutes = Math.ceil((nowMs - sinceMs) / MINUTE_MS);
  if (minutes <= 0) return [];
  const records = await metricOf(context, {
    ...{ namespace: "AWS/Kinesis", metric: "IncomingRecords", dimensions: { StreamName: name } },
    ...{ statistic: "Sum", minutes },
  });
  if (!records) return [];
  const [since, until] = [sinceMs, sinceMs + keptMs].map((ms) => new Date(ms).toISOString());
  const found = `${count(records)} records have come since ${since}, which nobody reads; they expire from ${until} on`;
  return [{ check: "undrained", subject: name, found, command: paused ? enablingOf(paused.UUID) : "terraform apply" }];
}

/** A stream of a log group's own, which delivers elsewhere, or nowhere: its function reads it to its end. */
async function leftBehind(context: DoctorContext, lane: DoctorLane): Promise<DoctorFinding[]> {
  const { name } = lane;
  if (environmentOf([lane])?.ARCHIVE_LAYOUT === "stream") return [];
  const logGroup = await context.sources.ofOwnStream(name);
  const { subscriptions = [] } = (logGroup && (await context.sources.find(logGroup))) || {};
  if (subscriptions.some(({ stream }) => stream === name)) return [];
  const ageMs = await metricOf(context, {
    ...{ namespace: "AWS/Lambda", metric: "IteratorAge", dimensions: { FunctionName: name } },
    ...{ statistic: "Maximum", minutes: 15 },
  });
  if (ageMs === undefined || ageMs < MINUTE_MS) return [];
  const minutes = Math.round(ageMs / MINUTE_MS);
  const found = `no log group delivers to it any more, and its function still reads records that are ${minutes} min old`;
  const command = `aws cloudwatch get-metric-statistics --namespace AWS/Lambda --metric-name IteratorAge --dimensions Name=FunctionName,Value=${name} --statistics Maximum --period 60 --start-time <time> --end-time <time>`;
  return [{ check: "undrained", subject: name, found, command }];
}
