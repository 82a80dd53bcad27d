import { DAY_MS, HOUR_MS } from "../../core/events/durations";

const MINUTE_MS = 60_000;
const SECOND_MS = 1000;

/** Times in the names that AWS gives: year, month, day, hour, minute, second, as far as each has them. The first that occurs counts. */
const TIMES: readonly [pattern: RegExp, unitMs: number][] = [
  // …_20220215T2340Z_…, …_202010011720_…
  [/_(\d{4})(\d\d)(\d\d)T?(\d\d)(\d\d)Z?_[^/]*$/, MINUTE_MS],
  // 2013-11-01-21-32-16-E568B2907131C0C0
  [/(\d{4})-(\d\d)-(\d\d)-(\d\d)-(\d\d)-(\d\d)-[^/]*$/, SECOND_MS],
  // EMLARXS9EXAMPLE.2019-11-14-20.RT4KCN4SGK9.gz
  [/\.(\d{4})-(\d\d)-(\d\d)-(\d\d)\.[^/]*$/, HOUR_MS],
  [/(?:^|\/)(\d{4})\/(\d\d)\/(\d\d)\//, DAY_MS],
  [/(?:^|\/)year=(\d{4})\/month=(\d\d)\/day=(\d\d)\//, DAY_MS],
];

/** Returns the time in an object's key: the first and the last ms that it may mean; undefined without one. */
export function keyTime(key: string): { firstMs: number; lastMs: number } | undefined {
  for (const [pattern, unitMs] of TIMES) {
    const [, year, month, day, hour = "00", minute = "00", second = "00"] = pattern.exec(key) ?? [];
    const firstMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    if (!Number.isNaN(firstMs)) return { firstMs, lastMs: firstMs + unitMs - 1 };
  }
  return undefined;
}
