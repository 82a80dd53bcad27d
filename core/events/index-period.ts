import { INDEX_PERIODS, type IndexPeriod } from "../settings/index-periods";
import { DAY_MS, HOUR_MS } from "./durations";

/**
 * Returns the name of the period that holds `time`: `2026.11.26.03`, `2026.11.26`, `2026.w48` (a week of ISO 8601, from
 * Monday on, under the year that most of it is in) or `2026.11`.
 *
 * @param time in UTC, in ISO 8601 with milliseconds
 */
export function periodName(period: IndexPeriod, time: string): string {
  switch (period) {
    case "hour":
      return time.slice(0, 13).replace(/[-T]/g, ".");
    case "day":
      return time.slice(0, 10).replaceAll("-", ".");
    case "week":
      return weekName(time);
    case "month":
      return time.slice(0, 7).replace("-", ".");
    default:
      return period satisfies never;
  }
}

/** A week belongs to the year of its Thursday. Source: ISO 8601. */
function weekName(time: string): string {
  const day = Date.parse(`${time.slice(0, 10)}T00:00Z`);
  const thursday = new Date(day + (4 - isoWeekday(day)) * DAY_MS);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - startOfYear(year)) / (7 * DAY_MS)) + 1;
  return `${String(year).padStart(4, "0")}.w${String(week).padStart(2, "0")}`;
}

/** 1, Monday, to 7. */
const isoWeekday = (ms: number): number => new Date(ms).getUTCDay() || 7;

const startOfYear = (year: number): number => new Date(0).setUTCFullYear(year);

/** A period that is named; `start` is inclusive and `end` exclusive, in ms since the epoch. */
export interface NamedPeriod {
  period: IndexPeriod;
  start: number;
  end: number;
}

const FORMS = { hour: /^\d{4}(\.\d\d){3}$/, day: /^\d{4}(\.\d\d){2}$/, week: /^\d{4}\.w\d\d$/, month: /^\d{4}\.\d\d$/ };

/** Parses a period's name. @returns undefined for any text that `periodName` does not return */
export function parsePeriodName(name: string): NamedPeriod | undefined {
  const period = INDEX_PERIODS.find((known) => FORMS[known].test(name));
  if (!period) return undefined;
  const start = startOf(period, name);
  if (Number.isNaN(start) || periodName(period, new Date(start).toISOString()) !== name) return undefined;
  return { period, start, end: endOf(period, start) };
}

function startOf(period: IndexPeriod, name: string): number {
  const [year, second, day = "01", hour = "00"] = name.split(".");
  if (period !== "week") return Date.parse(`${year}-${second}-${day}T${hour}:00Z`);
  // The 4th of January is always in the first week.
  const fourth = startOfYear(Number(year)) + 3 * DAY_MS;
  return fourth - (isoWeekday(fourth) - 1) * DAY_MS + (Number(second!.slice(1)) - 1) * 7 * DAY_MS;
}

function endOf(period: IndexPeriod, start: number): number {
  if (period === "month") return new Date(start).setUTCMonth(new Date(start).getUTCMonth() + 1);
  return start + { hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS }[period];
}
