import { DAY_MS, HOUR_MS } from "../core/events/durations";

/** The UTC hours, `YYYY/MM/DD/HH`, that the times from `firstMs` to `lastMs` lie in, both included. */
export function hours(firstMs: number, lastMs: number): string[] {
  return steps(firstMs, lastMs, HOUR_MS).map((ms) => slashed(ms, "YYYY-MM-DDTHH".length));
}

/** The UTC days, `YYYY/MM/DD`, that the times from `firstMs` to `lastMs` lie in, both included. */
export function days(firstMs: number, lastMs: number): string[] {
  return steps(firstMs, lastMs, DAY_MS).map((ms) => slashed(ms, "YYYY-MM-DD".length));
}

function steps(firstMs: number, lastMs: number, stepMs: number): number[] {
  const start = Math.floor(firstMs / stepMs);
  const count = Math.floor(lastMs / stepMs) - start + 1;
  return Array.from({ length: count }, (_, i) => (start + i) * stepMs);
}

function slashed(ms: number, length: number): string {
  return new Date(ms).toISOString().slice(0, length).replace(/[-T]/g, "/");
}
