import { INDEX_PERIODS, type IndexPeriod } from "./index-periods";

/** How indices were named until a point in time. */
export interface EarlierNames {
  /** Exclusive, in ms since the epoch: events before it keep these names. A whole hour, so that no hour's index is cut. */
  until: number;
  prefix: string;
  /** The name that stands in for that of the log group; "": the log group's own. */
  index: string;
  period: IndexPeriod;
}

/** What one index name may contribute: at most 100 of a-z 0-9 . _ -, the first a letter or digit. */
export const INDEX_NAME_PART = /^[a-z0-9][a-z0-9._-]{0,99}$/;

export const INDEX_HISTORY_ALLOWED =
  'a JSON object of up to 20 entries such as {"2026-12-01T00:00:00Z":{"prefix":"cwl-","index":"","period":"day"}}, ' +
  "each with the names of the events before that whole hour";

const MAX_ENTRIES = 20;

/**
 * Parses `INDEX_HISTORY`.
 *
 * @returns the earliest first; undefined for a value that is not allowed
 */
export function parseIndexHistory(json: string): readonly EarlierNames[] | undefined {
  const entries = Object.entries(objectIn(json) ?? { "": undefined });
  const names = entries.map(([until, entry]) => earlierNames(until, entry));
  if (entries.length > MAX_ENTRIES || !names.every((entry) => entry !== undefined)) return undefined;
  return names.sort((a, b) => a.until - b.until);
}

/** Returns the time of a boundary, in ms since the epoch; undefined unless it is a whole hour in UTC. */
export function parseBoundary(text: string): number | undefined {
  const ms = /^\d{4}-\d\d-\d\dT\d\d:00:00Z$/.test(text) ? Date.parse(text) : Number.NaN;
  // Date.parse reads 30 February as 2 March.
  return Number.isNaN(ms) || `${new Date(ms).toISOString().slice(0, 19)}Z` !== text ? undefined : ms;
}

function earlierNames(boundary: string, entry: unknown): EarlierNames | undefined {
  const until = parseBoundary(boundary);
  if (until === undefined || typeof entry !== "object" || entry === null) return undefined;
  const { prefix, index, period: name, ...others } = entry as Record<string, unknown>;
  const period = INDEX_PERIODS.find((known) => known === name);
  const isPrefix = typeof prefix === "string" && INDEX_NAME_PART.test(prefix);
  const isIndex = typeof index === "string" && (index === "" || INDEX_NAME_PART.test(index));
  if (!isPrefix || !isIndex || !period || Object.keys(others).length > 0) return undefined;
  return { until, prefix, index, period };
}

function objectIn(json: string): object | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
