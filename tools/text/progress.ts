import type { WriteStream } from "node:tty";

/** Interval between lines of a log, and between versions of a terminal's one line. */
const LINE_EVERY_MS = 10_000;
const REDRAW_EVERY_MS = 200;

/** Clears a terminal's line, and moves to its beginning. */
const CLEAR = "\r\u001b[K";

/**
 * Writes progress until it ends: into one line of a terminal, and elsewhere as lines from time to time.
 *
 * A text may have parts, separated by a comma and a space, the most useful first: a terminal gets those that fit whole.
 */
export class Progress {
  private readonly timer: NodeJS.Timeout;

  /** @param text of the moment, in one line */
  constructor(
    private readonly output: Pick<WriteStream, "isTTY" | "columns" | "write">,
    text: () => string,
  ) {
    const write = output.isTTY
      ? // A wider text would wrap, and only its last row be overwritten. A terminal without a known width reports 0.
        () => output.write(`${CLEAR}${fitting(text(), (output.columns || 80) - 1)}`)
      : () => output.write(`${text()}\n`);
    this.timer = setInterval(write, output.isTTY ? REDRAW_EVERY_MS : LINE_EVERY_MS).unref();
  }

  /** Clears the terminal's line. */
  end(): void {
    clearInterval(this.timer);
    if (this.output.isTTY) this.output.write(CLEAR);
  }
}

function fitting(text: string, width: number): string {
  if (text.length <= width) return text;
  const end = text.lastIndexOf(", ", width);
  return text.slice(0, end > 0 ? end : width);
}
