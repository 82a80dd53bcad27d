import type { WriteStream } from "node:tty";
import { count, mebibytes, type Report } from "./report";

export interface Totals {
  objects: number;
  bytes: number;
}

/** Between two lines where they stay, and between two versions of the one line of a terminal. */
const LINE_EVERY_MS = 10_000;
const REDRAW_EVERY_MS = 200;

/** How far a run is, its rate, and how long the rest takes at this rate. */
export function progressText({ objects, bytes, tally }: Report, totals: Totals, elapsedMs: number): string {
  const percent = Math.floor((100 * bytes) / Math.max(1, totals.bytes));
  const rate = Math.round((1000 * tally.found) / Math.max(1, elapsedMs));
  const parts = [
    `${percent}%`,
    `${count(objects)} of ${count(totals.objects)} objects`,
    `${mebibytes(bytes)} of ${mebibytes(totals.bytes)}`,
    `${count(tally.found)} events`,
    `${count(rate)} events/s`,
  ];
  if (bytes > 0) parts.push(`${duration((elapsedMs * (totals.bytes - bytes)) / bytes)} left`);
  return parts.join(", ");
}

/** `4 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** Writes progress: into one line of a terminal, and elsewhere as lines from time to time. */
export class Progress {
  private readonly begunMs = performance.now();
  private writtenMs = this.begunMs;

  constructor(
    private readonly output: Pick<WriteStream, "isTTY" | "write">,
    private readonly totals: Totals,
  ) {}

  readonly update = (report: Report): void => {
    const now = performance.now();
    if (now - this.writtenMs < (this.output.isTTY ? REDRAW_EVERY_MS : LINE_EVERY_MS)) return;
    this.writtenMs = now;
    const text = progressText(report, this.totals, now - this.begunMs);
    this.output.write(this.output.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
  };

  /** Clears the terminal's line. */
  end(): void {
    if (this.output.isTTY) this.output.write("\r\u001b[K");
  }
}
