import { duration } from "../tools/text/duration";
import { count, counted, mebibytes } from "../tools/text/numbers";
import type { Report, Totals } from "./report";

/** Formats a run's progress, remaining time and rate, the least important last: a narrow terminal cuts the end. */
export function progressText(report: Report, totals: Totals, elapsedMs: number): string {
  const { objects, unfinished, bytes, eventsRead } = report;
  const parts = [`${Math.floor((100 * bytes) / Math.max(1, totals.bytes))}%`];
  if (bytes > 0) parts.push(`${duration((elapsedMs * (totals.bytes - bytes)) / bytes)} left`);
  parts.push(
    `${count(objects - unfinished)} of ${counted(totals.objects, "object")}`,
    `${rate(eventsRead, elapsedMs)} events/s`,
    counted(eventsRead, "event"),
    `${mebibytes(bytes)} of ${mebibytes(totals.bytes)}`,
  );
  return parts.join(", ");
}

/**
 * Formats what a run has done and read, and its duration.
 *
 * @param report not yet concluded: `conclude` adds what earlier runs have done
 */
export function tookText({ done, eventsRead }: Report, totals: Totals, elapsedMs: number): string {
  const read = `${count(done)} of ${counted(totals.objects, "object")} done, ${counted(eventsRead, "event")} read`;
  return `This run: ${read} in ${duration(elapsedMs)} (${rate(eventsRead, elapsedMs)} events/s)`;
}

const rate = (events: number, ms: number): string => count(Math.round((1000 * events) / Math.max(1, ms)));
