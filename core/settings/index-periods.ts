/** Periods that an index may hold the events of, in UTC. */
export const INDEX_PERIODS = ["hour", "day", "week", "month"] as const;

/** What names of periods have in common, as a pattern of an engine. These know no digits; "20" keeps out names of other forms. */
export const PERIOD_PATTERNS = { hour: "20*.*.*.*", day: "20*.*.*", week: "20*.w*", month: "20*.*" } as const;

export type IndexPeriod = (typeof INDEX_PERIODS)[number];
