import { HOUR_MS } from "../../core/events/durations";
import type { Measured } from "../model/workload";
import type { Deployment } from "../plan/deployment";
import type { Counted } from "./counted";
import { hourText, hourTime } from "./label";
import { type MetricResult, readResults } from "./results";

const COUNTED: readonly Counted[] = [
  ...(["logBytes", "streamBytes", "streamRecords", "invocations", "functionMilliseconds"] as const),
  ...(["events", "sentBytes", "archivedBytes"] as const),
];

/** Nothing in so many hours at the beginning is more than a night. */
const MAX_SILENT_START_HOURS = 24;

const AGAIN = "Print the queries anew by --metric-queries, and ask with them as they are.";

/**
 * Reads what a running account has counted.
 *
 * @param json the output of `aws cloudwatch get-metric-data`
 * @param errors to which its mistakes are added, each without the file's name
 * @returns undefined after an error
 */
export function readMetrics(json: string, deployment: Deployment, errors: string[]): Measured | undefined {
  const results = readResults(json, deployment, errors);
  if (results === undefined) return undefined;
  const time = timeOf(results, deployment, errors);
  if (time === undefined) return undefined;
  const sums = COUNTED.flatMap((counted) => {
    const sum = sumOf(results, counted);
    return sum === undefined ? [] : [[counted, sum] as const];
  });
  const counted = new Map(sums);
  const milliseconds = counted.get("functionMilliseconds");
  counted.delete("functionMilliseconds");
  return {
    ...time,
    ...Object.fromEntries(counted),
    ...(milliseconds !== undefined && { functionSeconds: milliseconds / 1_000 }),
  };
}

/** Of several metrics that count the same, that of the first namespace that has values. */
function sumOf(results: readonly MetricResult[], counted: Counted): number | undefined {
  const having = results.filter(({ metric, values }) => metric.counted === counted && values.size > 0);
  const isOwn = having.every(({ metric }) => metric.dimension === undefined);
  const taken = having.filter(({ metric }) => isOwn || metric.dimension !== undefined);
  if (taken.length === 0) return undefined;
  return taken.flatMap(({ values }) => [...values.values()]).reduce((sum, value) => sum + value, 0);
}

/** The time that was asked for, if it has values, and none beyond it. */
function timeOf(
  results: readonly MetricResult[],
  { region }: Deployment,
  errors: string[],
): Pick<Measured, "days" | "time"> | undefined {
  const labels = new Map(results.map(({ label }) => [`${label.region} ${label.from}/${label.to}`, label]));
  const [label] = labels.values();
  if (label === undefined || labels.size > 1) {
    errors.push(`its results are of ${labels.size} regions or times. Allowed: one. ${AGAIN}`);
    return undefined;
  }
  if (region !== undefined && label.region !== region) {
    errors.push(`it is of ${label.region}, and the plan of ${region}. ${AGAIN}`);
    return undefined;
  }
  const [start, end] = [hourTime(label.from), hourTime(label.to)];
  const hours = new Set(results.flatMap(({ values }) => [...values.keys()]));
  if (hours.size === 0) {
    errors.push(
      `it has no values: nothing was counted from ${label.from} to ${label.to}. ` +
        `Ask in the pipeline's region${region === undefined ? "" : `, --region ${region}`}, and for a time in which it ran.`,
    );
    return undefined;
  }
  const outside = [...hours].find((hour) => hour < start || hour >= end || (hour - start) % HOUR_MS !== 0);
  if (outside !== undefined) {
    errors.push(
      `it has values of ${new Date(outside).toISOString()}. Allowed: whole hours from ${label.from} to ${label.to}. ${AGAIN}`,
    );
    return undefined;
  }
  const first = Math.min(...hours);
  if (first - start > MAX_SILENT_START_HOURS * HOUR_MS) {
    errors.push(
      `nothing was counted from ${label.from} to ${hourText(first)}: the pipeline is younger. ` +
        `Ask for the time since then, by --metric-queries --metric-hours ${(end - first) / HOUR_MS}.`,
    );
    return undefined;
  }
  const asked = (end - start) / HOUR_MS;
  return { days: asked / 24, time: { from: label.from, to: label.to, silentHours: asked - hours.size } };
}
