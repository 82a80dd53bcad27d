import type { CountedMetric } from "./counted";

/** What a query was asked for, which CloudWatch returns as its label. */
export interface QueryLabel {
  /** Of the plan; "-": it does not say. */
  readonly region: string;
  /** Whole hours, as 2026-11-21T00Z. */
  readonly from: string;
  readonly to: string;
  /** Name, and whose. */
  readonly metric: string;
}

/** An hour, from milliseconds since the epoch. */
export const hourText = (time: number): string => `${new Date(time).toISOString().slice(0, 13)}Z`;

/** Its milliseconds since the epoch; NaN: it is none. */
export const hourTime = (text: string): number =>
  /^\d{4}-\d\d-\d\dT\d\dZ$/.test(text) ? Date.parse(text.replace("Z", ":00Z")) : Number.NaN;

export const metricName = ({ namespace, metric, dimension }: CountedMetric): string =>
  `${namespace} ${metric}${dimension ? ` of ${dimension[1]}` : ""}`;

export const labelText = ({ region, from, to, metric }: QueryLabel): string => `${region} ${from}/${to} ${metric}`;

/** @returns undefined for a label that no query of ours has */
export function parseLabel(text: string): QueryLabel | undefined {
  const [, region, from, to, metric] = /^(\S+) (\S+)\/(\S+) (.+)$/.exec(text) ?? [];
  if (region === undefined || !(hourTime(from!) < hourTime(to!))) return undefined;
  return { region, from: from!, to: to!, metric: metric! };
}
