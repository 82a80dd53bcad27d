/** The units of relative times, in milliseconds. */
const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** What a time of a search may be; ends a sentence. */
export const ALLOWED_TIMES =
  "now, now-15m (a number of s, m, h, d or w) or a time of ISO 8601 with its offset, such as 2026-11-28T12:00:00Z";

/** A period in milliseconds since the epoch: the first one and the one after the last. */
export interface SearchPeriod {
  readonly from: number;
  readonly to: number;
}

/** Returns a time in milliseconds since the epoch; undefined for a text of another form. @param now likewise */
export function searchTime(text: string, now: number): number | undefined {
  const relative = /^now(?:-(\d{1,9})([smhdw]))?$/.exec(text);
  if (relative) {
    const ms = now - Number(relative[1] ?? 0) * (UNIT_MS[relative[2] ?? "s"] ?? 0);
    return Math.abs(ms) <= MAX_MS ? ms : undefined;
  }
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

/** Beyond it, engines' dates and JavaScript's have no common form: 9999-12-31. */
const MAX_MS = 253_402_300_799_999;

/** 0000-01-01: before it, a year has more than four digits. */
const MIN_MS = -62_167_219_200_000;

/** Whether a search may begin or end at a time: documents may have any, or none. @param ms since the epoch */
export const isSearchTime = (ms: unknown): ms is number => typeof ms === "number" && ms >= MIN_MS && ms <= MAX_MS;

/** Returns the period between two times, or what is wrong with them: sentences. @param now in milliseconds since the epoch */
export function periodOf(
  { from, to }: { readonly from: string; readonly to: string },
  now: number,
): { readonly period: SearchPeriod } | { readonly errors: readonly string[] } {
  const [first, last] = [searchTime(from, now), searchTime(to, now)];
  const errors = [
    ...(first === undefined ? [`from is ${JSON.stringify(from)}. Allowed: ${ALLOWED_TIMES}.`] : []),
    ...(last === undefined ? [`to is ${JSON.stringify(to)}. Allowed: ${ALLOWED_TIMES}.`] : []),
  ];
  if (first === undefined || last === undefined) return { errors };
  if (first >= last) return { errors: [`from (${from}) is not before to (${to}). Allowed: an earlier time.`] };
  return { period: { from: first, to: last } };
}

/** Whether the period goes on with the clock. */
export const isMoving = ({ to }: { readonly to: string }): boolean => to.startsWith("now");

/** Lengths of time that people think in, in milliseconds. */
const STEPS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * 1_000),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * 60_000),
  ...[1, 2, 3, 6, 12].map((hours) => hours * 3_600_000),
  ...[1, 2, 7, 14, 28, 91, 182, 364, 3_640, 36_400, 364_000].map((days) => days * 86_400_000),
];

/** Returns the shortest step that divides a period into at most `maxBuckets`, in milliseconds. @param maxBuckets at least 20 */
export function histogramStep({ from, to }: SearchPeriod, maxBuckets = 90): number {
  // Of a period that begins within a step, one bucket more.
  return STEPS.find((step) => Math.floor((to - 1) / step) - Math.floor(from / step) + 1 <= maxBuckets) ?? STEPS.at(-1)!;
}
