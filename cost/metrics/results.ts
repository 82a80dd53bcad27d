import type { Deployment } from "../plan/deployment";
import { type CountedMetric, countedMetrics } from "./counted";
import { metricName, parseLabel, type QueryLabel } from "./label";

/** The values of a metric, by the hour in which each begins, in milliseconds since the epoch. */
export interface MetricResult {
  readonly metric: CountedMetric;
  readonly label: QueryLabel;
  readonly values: ReadonlyMap<number, number>;
}

export const HOW =
  "Allowed: what `aws cloudwatch get-metric-data` prints for the queries of --metric-queries of the same plan, as docs/cost.md shows.";

/** More say the same of other results. */
const SHOWN_ERRORS = 3;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const arrayOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/**
 * Reads the output of `aws cloudwatch get-metric-data`.
 *
 * @param errors to which its mistakes are added, each without the file's name
 * @returns a result for each metric of the deployment; undefined after an error
 */
export function readResults(json: string, deployment: Deployment, errors: string[]): MetricResult[] | undefined {
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
  const asked = new Map(countedMetrics(deployment).map((metric) => [metric.id, metric]));
  const read = new Map<string, MetricResult>();
  const unfinished = new Set<string>();
  const strangers: string[] = [];
  for (const result of output.MetricDataResults) {
    if (!isObject(result) || typeof result.Id !== "string") {
      errors.push(`a result has no Id. ${HOW}`);
      return undefined;
    }
    const metric = asked.get(result.Id);
    if (metric === undefined) {
      strangers.push(`it has ${JSON.stringify(result.Id)}, which this plan does not ask for`);
      continue;
    }
    const one = resultOf(metric, result, errors);
    if (one && one.label.metric !== metricName(metric)) {
      strangers.push(`${metric.id} is ${one.label.metric}, and ${metricName(metric)} in this plan`);
    }
    // The next page of a long answer has more of the same metric.
    if (one) read.set(metric.id, joined(read.get(metric.id), one));
    if (result.StatusCode === "PartialData") unfinished.add(metric.id);
    else unfinished.delete(metric.id);
  }
  const wrong = errors.splice(before + SHOWN_ERRORS).length;
  if (wrong > 0) errors.push(`${wrong} more of its results are wrong, too.`);
  if (unfinished.size > 0) {
    errors.push(
      `${[...unfinished][0]} is "PartialData", as ${unfinished.size} of its results are. Allowed: Complete. Ask again.`,
    );
  }
  if (strangers.length > 0) {
    const more = strangers.length > 1 ? `, and ${strangers.length - 1} more results are of another plan` : "";
    errors.push(`${strangers[0]}${more}. Print the queries of this plan by --metric-queries, and ask again.`);
  }
  const missing = [...asked.keys()].filter((id) => !read.has(id));
  if (missing.length > 0 && errors.length === before) {
    errors.push(`it has no result of ${missing.slice(0, 3).join(", ")}${missing.length > 3 ? ", …" : ""}. ${HOW}`);
  }
  return errors.length > before ? undefined : [...read.values()];
}

const joined = (first: MetricResult | undefined, second: MetricResult): MetricResult => ({
  ...second,
  values: new Map([...(first?.values ?? []), ...second.values]),
});

/** As AWS CLI 2 prints it, in ISO 8601, or as version 1 may: seconds since the epoch. */
const timeOf = (time: unknown): number => (typeof time === "number" ? time * 1_000 : Date.parse(String(time)));

function resultOf(
  metric: CountedMetric,
  { Id, Label, StatusCode, Timestamps, Values }: Readonly<Record<string, unknown>>,
  errors: string[],
): MetricResult | undefined {
  const before = errors.length;
  const label = typeof Label === "string" ? parseLabel(Label) : undefined;
  if (label === undefined) errors.push(`${Id} has no label of --metric-queries. ${HOW}`);
  if (StatusCode !== undefined && StatusCode !== "Complete" && StatusCode !== "PartialData") {
    errors.push(`${Id} is ${JSON.stringify(StatusCode)}. Allowed: Complete. Ask again.`);
  }
  const times = arrayOf(Timestamps).map(timeOf);
  const values = arrayOf(Values);
  if (values.some((value) => typeof value !== "number" || !Number.isFinite(value) || value < 0)) {
    errors.push(`${Id} has a value that is no number from 0 on. ${HOW}`);
  } else if (values.length !== times.length || times.some(Number.isNaN)) {
    errors.push(`${Id} has values without a time, or times without a value. ${HOW}`);
  }
  if (errors.length > before) return undefined;
  return { metric, label: label!, values: new Map(times.map((time, index) => [time, values[index] as number])) };
}
