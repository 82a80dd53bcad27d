/** Of a month of 730 hours. */
const MONTH = { minutes: 43_800, hours: 730, days: 730 / 24 };

/** The fields of `cron(…)`: how many values each has (EventBridge Scheduler User Guide, Schedule types). */
const FIELDS = { minutes: 60, hours: 24, dayOfMonth: 31, month: 12, dayOfWeek: 7 };

/**
 * How often a schedule runs in a month, on average.
 *
 * @param expression of EventBridge Scheduler: `rate(…)`, `cron(…)` or `at(…)`
 * @returns undefined for what is none of them
 */
export function runsPerMonth(expression: string): number | undefined {
  const [, kind, body] = /^(rate|cron|at)\((.+)\)$/.exec(expression.trim()) ?? [];
  if (kind === "at") return 0;
  if (kind === "rate") {
    const [, count, unit] = /^(\d+) (minute|hour|day)s?$/.exec(body!) ?? [];
    return Number(count) > 0 ? MONTH[`${unit as "minute" | "hour" | "day"}s`] / Number(count) : undefined;
  }
  const fields = kind === "cron" ? body!.split(/ +/) : [];
  if (fields.length !== 6) return undefined;
  const [minutes, hours, dayOfMonth, month, dayOfWeek] = (Object.keys(FIELDS) as (keyof typeof FIELDS)[]).map(
    (field, index) => shareOf(fields[index]!, FIELDS[field]),
  ) as [number, number, number, number, number];
  return minutes * FIELDS.minutes * hours * FIELDS.hours * dayOfMonth * dayOfWeek * month * MONTH.days;
}

/** The part of its values that a field names, from 0 to 1: each of a list, of a range, or by steps. */
function shareOf(field: string, values: number): number {
  const counts = field.split(",").map((each) => {
    const [range, step] = each.split("/");
    const [first, last] = range!.split("-").map(Number);
    if (range === "*" || range === "?") return Math.ceil(values / Number(step ?? 1));
    if (last !== undefined && last >= first!) return Math.ceil((last - first! + 1) / Number(step ?? 1));
    return step === undefined ? 1 : Math.ceil((values - first!) / Number(step));
  });
  const count = counts.reduce((sum, each) => sum + each, 0);
  // Names of months and days are counted one by one.
  return Number.isFinite(count) && count > 0 ? Math.min(1, count / values) : 1 / values;
}
