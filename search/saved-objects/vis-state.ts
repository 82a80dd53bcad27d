/** An aggregation of a visualization, without its id. */
export interface Aggregation {
  type: "count" | "max" | "date_histogram" | "terms" | "filters";
  params: Readonly<Record<string, unknown>>;
}

/** Rows of a table, and colours of a bar. */
const SIZE = 10;

export const COUNT: Aggregation = { type: "count", params: {} };

/** The highest value of a field. @param customLabel the column's title */
export const maximum = (field: string, customLabel: string): Aggregation => ({
  type: "max",
  params: { field, customLabel },
});

/** Bars over the time, as wide as the chosen time allows. */
export const overTime = (): Aggregation => ({
  type: "date_histogram",
  params: { field: "@timestamp", interval: "auto", min_doc_count: 1, drop_partials: false, extended_bounds: {} },
});

/**
 * The values of a field with the highest metric.
 *
 * @param options `missing` names the events without the field, which are left out otherwise; `label` is the column's title
 */
export const termsOf = (field: string, { missing, label }: { missing?: string; label?: string } = {}): Aggregation => ({
  type: "terms",
  params: {
    field,
    // The id of the metric.
    orderBy: "1",
    order: "desc",
    size: SIZE,
    otherBucket: false,
    missingBucket: missing !== undefined,
    ...(missing !== undefined && { missingBucketLabel: missing }),
    ...(label !== undefined && { customLabel: label }),
  },
});

/** A bucket for each query in DQL, by its label. */
export const filtersOf = (queries: Readonly<Record<string, string>>): Aggregation => ({
  type: "filters",
  params: {
    filters: Object.entries(queries).map(([label, query]) => ({ input: { query, language: "kuery" }, label })),
  },
});

/** What Dashboards adds to is left to it: titles of axes, colours. */
const PARAMS = {
  histogram: {
    type: "histogram",
    addTooltip: true,
    addLegend: true,
    legendPosition: "right",
    seriesParams: [
      {
        show: true,
        type: "histogram",
        mode: "stacked",
        data: { label: "Events", id: "1" },
        valueAxis: "ValueAxis-1",
        drawLinesBetweenPoints: true,
        showCircles: true,
      },
    ],
  },
  table: { perPage: SIZE, showPartialRows: false, showMetricsAtAllLevels: false, showTotal: false, totalFunc: "sum" },
} as const;

/** The parts of a chart that aggregations after the metric make. */
const SCHEMAS = { histogram: ["segment", "group"], table: ["bucket"] } as const;

/** Returns a visualization's state. @param aggs the metric first */
export function visState(
  title: string,
  type: keyof typeof PARAMS,
  [metric, ...buckets]: readonly Aggregation[],
): object {
  const schemas = SCHEMAS[type];
  const aggs = [
    { ...metric, schema: "metric" },
    ...buckets.map((bucket, i) => ({ ...bucket, schema: schemas[i] })),
  ].map((agg, i) => ({ id: String(i + 1), enabled: true, ...agg }));
  return { title, type, params: PARAMS[type], aggs };
}
