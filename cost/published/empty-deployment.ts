import type { Deployment } from "../plan/deployment";

/** A deployment that has nothing. */
export const EMPTY_DEPLOYMENT: Deployment = {
  streams: [],
  batching: { size: 1_000, windowSeconds: 5, parallelization: 1 },
  functions: [],
  logGroups: [],
  subscribedLogGroups: [],
  domains: [],
  indices: {},
  firehoses: [],
  queues: 0,
  asksKmsForEachPut: false,
  keys: 0,
  secrets: 0,
  alarmMetrics: 0,
  dashboards: 0,
  notIncluded: [],
};
