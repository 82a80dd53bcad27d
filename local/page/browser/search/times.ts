import { isSearchTime } from "../../shared/search-times";

/** Periods that a person chooses from. */
export const PERIODS: readonly (readonly [from: string, title: string])[] = [
  ["now-5m", "Last 5 minutes"],
  ["now-15m", "Last 15 minutes"],
  ["now-1h", "Last hour"],
  ["now-4h", "Last 4 hours"],
  ["now-1d", "Last 24 hours"],
  ["now-1w", "Last 7 days"],
  ["now-14d", "Last 14 days"],
];

/** 2026-11-28T12:00:01.250Z → "11-28 12:00:01.250" */
export const shortTime = (iso: string): string =>
  iso
    .replace(/^\d{4}-/, "")
    .replace("T", " ")
    .replace(/Z$/, "");

/** A time below the histogram: as much of it as tells it from the next, and its day if the period has several. */
export function axisTime(ms: number, lengthMs: number, stepMs: number): string {
  const iso = new Date(ms).toISOString();
  if (stepMs < 1_000) return iso.slice(17, 23);
  if (stepMs < 60_000) return iso.slice(11, 19);
  return lengthMs > 86_400_000 ? `${iso.slice(5, 10)} ${iso.slice(11, 16)}` : iso.slice(11, 16);
}

/** 90000 → "90 s" */
export function stepTitle(ms: number): string {
  const [unit, name] = (
    [
      [86_400_000, "d"],
      [3_600_000, "h"],
      [60_000, "min"],
      [1_000, "s"],
    ] as const
  ).find(([length]) => ms >= length && ms % length === 0) ?? [1, "ms"];
  return `${ms / unit} ${name}`;
}

/** Shown of the time before the latest event, in milliseconds. */
const BEFORE_MS = 15 * 60_000;

/** Names the time of the latest event, and the period before it; without one for a time that no search begins at. */
export function nearLatest(ms: number) {
  if (!isSearchTime(ms - BEFORE_MS) || !isSearchTime(ms + 1_000)) return { title: "a time beyond the calendar's" };
  const iso = (at: number) => new Date(at).toISOString();
  return { title: `${shortTime(iso(ms))} UTC`, period: { from: iso(ms - BEFORE_MS), to: iso(ms + 1_000) } };
}
