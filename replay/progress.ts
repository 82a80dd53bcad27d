import type { WriteStream } from "node:tty";
import type { Report, Totals } from "./report";
import { count, counted, mebibytes } from "./report-text";

/** Between two lines where they stay, and between two versions of the one line of a terminal. */
const LINE_EVERY_MS = 10_000;
const REDRAW_EVERY_MS = 200;

/** To the beginning of a terminal's line, which is emptied. */
const CLEAR = "\r\u001b[K";

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

/** `4 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** Writes progress until it ends: into one line of a terminal, and elsewhere as lines from time to time. */
export class Progress {
  private readonly timer: NodeJS.Timeout;

  /** @param text of the moment, in one line */
  constructor(
    private readonly output: Pick<WriteStream, "isTTY" | "columns" | "write">,
    text: () => string,
  ) {
    const write = output.isTTY
      ? // What is wider would wrap, and only its last row be drawn over. A terminal that knows no width says 0.
        () => output.write(`${CLEAR}${text().slice(0, (output.columns || 80) - 1)}`)
      : () => output.write(`${text()}\n`);
    this.timer = setInterval(write, output.isTTY ? REDRAW_EVERY_MS : LINE_EVERY_MS).unref();
  }

  /** Clears the terminal's line. */
  end(): void {
    clearInterval(this.timer);
    if (this.output.isTTY) this.output.write(CLEAR);
  }
}
