import type { IndexVariables } from "../../core/events/configured-layouts";
import { encodedLogGroup } from "./reference-identity";

const DAY_MS = 86_400_000;

/** The index that an event has to be in: that of the first entry of the history that ends after the event, else the current one. */
export function referenceIndex(logGroup: string, timestamp: number, names: IndexVariables): string {
  const { INDEX_PREFIX: prefix, INDEX_NAME: index, INDEX_PERIOD: period, INDEX_HISTORY: history } = names;
  const past = [...history].sort((a, b) => a.until - b.until).find(({ until }) => timestamp < until);
  const own = past ?? { prefix, index, period };
  return `${own.prefix}${own.index === "" ? encodedLogGroup(logGroup) : own.index}-${referencePeriod(own.period, timestamp)}`;
}

function referencePeriod(period: IndexVariables["INDEX_PERIOD"], timestamp: number): string {
  const [year = "", month, day, hour] = new Date(timestamp).toISOString().split(/[-T:]/);
  if (period === "week") return referenceWeek(timestamp);
  return { hour: [year, month, day, hour], day: [year, month, day], month: [year, month] }[period].join(".");
}

/** Counts the weeks from the first that has a Thursday of the year on: the year's first Thursday is in week 1. */
function referenceWeek(timestamp: number): string {
  // The first of January 1970 was a Thursday, so weeks from Monday on begin three days earlier.
  const day = Math.floor(timestamp / DAY_MS);
  const thursday = Math.floor((day + 3) / 7) * 7;
  const year = new Date(thursday * DAY_MS).getUTCFullYear();
  let week = 1;
  while (new Date((thursday - 7 * week) * DAY_MS).getUTCFullYear() === year) week++;
  return `${String(year).padStart(4, "0")}.w${String(week).padStart(2, "0")}`;
}
