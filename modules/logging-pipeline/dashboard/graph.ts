import { type Expression, hcl } from "../../terraform/expression";

export type Statistic = "Average" | "Maximum" | "Minimum" | "Sum";

/** Lines of one statistic over time. */
export interface Graph {
  readonly title: string;
  readonly statistic: Statistic;
  /** What the axis counts. */
  readonly unit: string;
  readonly lines: readonly Line[];
}

/** An element of `metrics` (CloudWatch API Reference, Dashboard Body Structure and Syntax). */
export type Line = readonly unknown[];

const PERIOD_SECONDS = 300;

/** Half of a dashboard's 24 columns. */
const WIDTH = 12;
const HEIGHT = 6;

/** @param dimensions by name */
export const metric = (
  namespace: Expression | string,
  name: string,
  dimensions: Readonly<Record<string, Expression | string>> = {},
): Line => [namespace, name, ...Object.entries(dimensions).flat()];

/** Metrics of which the value of `dimension` has a name in it. */
export interface MetricSearch {
  readonly namespace: string;
  readonly metric: string;
  /** All of them. */
  readonly dimensions: readonly string[];
  readonly dimension: string;
  readonly statistic: Statistic;
}

/**
 * A line for each metric that has `name` in it: a dashboard cannot search for what begins with it (Amazon
 * CloudWatch User Guide, CloudWatch search expression syntax: partial matches).
 */
export function search(name: Expression, { namespace, metric, dimensions, dimension, statistic }: MetricSearch): Line {
  const before = `SEARCH('{${[namespace, ...dimensions].join(",")}} MetricName="${metric}" ${dimension}=`;
  return [{ expression: hcl`join(${name}, ${[before, `', '${statistic}', ${PERIOD_SECONDS})`]})` }];
}

/** A widget, which CloudWatch places behind the one before. */
export const graphWidget = ({ title, statistic, unit, lines }: Graph, region: string) => ({
  type: "metric",
  width: WIDTH,
  height: HEIGHT,
  properties: {
    ...{ title, region },
    view: "timeSeries",
    stacked: false,
    stat: statistic,
    period: PERIOD_SECONDS,
    metrics: lines,
    yAxis: { left: { label: unit, min: 0, showUnits: false } },
  },
});
