/** Periods that an index may hold the events of, in UTC. */
export const INDEX_PERIODS = ["hour", "day", "week", "month"] as const;

export type IndexPeriod = (typeof INDEX_PERIODS)[number];
