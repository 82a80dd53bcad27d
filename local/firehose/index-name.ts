import { formatJavaTime } from "./java-time";

/** How often Firehose begins a new index. */
export type IndexRotation = "NoRotation" | "OneHour" | "OneDay" | "OneWeek" | "OneMonth";

const DAY_MS = 86_400_000;

const SUFFIX: Readonly<Record<IndexRotation, (arrivedAt: Date) => string>> = {
  NoRotation: () => "",
  OneHour: (time) => formatJavaTime("-yyyy-MM-dd-HH", time),
  OneDay: (time) => formatJavaTime("-yyyy-MM-dd", time),
  OneWeek: weekSuffix,
  OneMonth: (time) => formatJavaTime("-yyyy-MM", time),
};

/**
 * Returns the index of a record.
 *
 * Source: Firehose Developer Guide "Configure index rotation for OpenSearch Service".
 *
 * @param arrivedAt in milliseconds since the epoch
 */
export function rotatedIndex(index: string, rotation: IndexRotation, arrivedAt: number): string {
  return index + SUFFIX[rotation](new Date(arrivedAt));
}

/** Its note: a week starts on Sunday, and the first week of a year is the first that contains a Saturday in this year. */
function weekSuffix(time: Date): string {
  // The Saturday that ends the week decides its year.
  const saturday = new Date(Math.floor(time.getTime() / DAY_MS) * DAY_MS + (6 - time.getUTCDay()) * DAY_MS);
  const year = saturday.getUTCFullYear();
  const week = Math.floor((saturday.getTime() - Date.UTC(year, 0, 1)) / DAY_MS / 7) + 1;
  return `-${year}-w${String(week).padStart(2, "0")}`;
}
