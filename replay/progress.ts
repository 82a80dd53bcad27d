import { duration } from "../tools/text/duration";
import { count, counted, mebibytes } from "../tools/text/numbers";
import type { Report, Totals } from "./report";

/** How far a run is, its rate, and how long the rest takes at this rate. */
export function progressText({ objects, bytes, eventsRead }: Report, totals: Totals, elapsedMs: number): string {
  const percent = Math.floor((100 * bytes) / Math.max(1, totals.bytes));
  const parts = [
    `${percent}%`,
    `${count(objects)} of ${counted(totals.objects, "object")}`,
    `${mebibytes(bytes)} of ${mebibytes(totals.bytes)}`,
    counted(eventsRead, "event"),
    `${rate(eventsRead, elapsedMs)} events/s`,
  ];
  if (bytes > 0) parts.push(`${duration((elapsedMs * (totals.bytes - bytes)) / bytes)} left`);
  return parts.join(", ");
}

/** What a run has read, and how long it took. */
export function tookText({ objects, eventsRead }: Report, totals: Totals, elapsedMs: number): string {
  const read = `${count(objects)} of ${counted(totals.objects, "object")}, ${counted(eventsRead, "event")}`;
  return `${read} in ${duration(elapsedMs)} (${rate(eventsRead, elapsedMs)} events/s)`;
}

const rate = (events: number, ms: number): string => count(Math.round((1000 * events) / Math.max(1, ms)));
