import type { Measured } from "../model/workload";
import type { Deployment } from "../plan/deployment";
import { type Counted, countedBy, metricQueries } from "./queries";

const HOW =
  "Allowed: what `aws cloudwatch get-metric-data` prints for the queries of --metric-queries of the same plan, as docs/cost.md shows.";

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const arrayOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/**
 * Reads what a running account has counted.
 *
 * @param json the output of `aws cloudwatch get-metric-data`
 * @param errors to which its mistakes are added, each without the file's name
 * @returns undefined after an error
 */
export function readMetrics(json: string, deployment: Deployment, errors: string[]): Measured | undefined {
  let output: unknown;
  try {
    output = JSON.parse(json);
  } catch {
    errors.push(`it is no JSON. ${HOW}`);
    return undefined;
  }
  if (!isObject(output) || !Array.isArray(output.MetricDataResults)) {
    errors.push(`it has no MetricDataResults. ${HOW}`);
    return undefined;
  }
  const before = errors.length;
  if (output.NextToken !== undefined)
    errors.push("it has a NextToken: results are missing. Ask without --no-paginate.");
  const asked = new Set(metricQueries(deployment).map(({ Id }) => Id));
  const days = new Set<unknown>();
  const sums = new Map<Counted, number>();
  for (const result of output.MetricDataResults) {
    if (!isObject(result) || typeof result.Id !== "string") {
      errors.push(`a result has no Id. ${HOW}`);
      return undefined;
    }
    const counted = asked.has(result.Id) ? countedBy(result.Id) : undefined;
    if (counted === undefined) {
      errors.push(`it has ${JSON.stringify(result.Id)}, which is no query of this plan. ${HOW}`);
      continue;
    }
    if (result.StatusCode !== undefined && result.StatusCode !== "Complete") {
      errors.push(`${result.Id} is ${JSON.stringify(result.StatusCode)}. Allowed: Complete. Ask again.`);
    }
    const values = arrayOf(result.Values);
    if (values.some((value) => typeof value !== "number" || !Number.isFinite(value) || value < 0)) {
      errors.push(`${result.Id} has a value that is no number from 0 on. ${HOW}`);
      continue;
    }
    for (const day of arrayOf(result.Timestamps)) days.add(day);
    sums.set(
      counted,
      (values as number[]).reduce((sum, value) => sum + value, sums.get(counted) ?? 0),
    );
    asked.delete(result.Id);
  }
  if (asked.size > 0)
    errors.push(`it has no result of ${[...asked].slice(0, 3).join(", ")}${asked.size > 3 ? ", …" : ""}. ${HOW}`);
  if (errors.length === before && days.size === 0) {
    errors.push("it has no values: nothing was counted in this time. Ask for days on which the pipeline ran.");
  }
  if (errors.length > before) return undefined;
  const milliseconds = sums.get("functionMilliseconds");
  const names = ["logBytes", "streamBytes", "streamRecords", "invocations"] as const;
  return {
    days: days.size,
    ...Object.fromEntries(names.flatMap((name) => (sums.has(name) ? [[name, sums.get(name)]] : []))),
    ...(milliseconds !== undefined && { functionSeconds: milliseconds / 1_000 }),
  };
}
