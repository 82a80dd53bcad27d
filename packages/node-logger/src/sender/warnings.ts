import { writeSync } from "node:fs";
import type { FailureKind } from "../services/failures";

/** What can go wrong; each kind is told once, then at most once a minute with a count. */
export type WarningKind =
  | FailureKind
  | "full"
  | "cut"
  | "unsayable"
  | "clock"
  | "spill"
  | "closed"
  | "exit"
  | "internal";

/** What this library tells about itself. */
export interface LoggerWarning {
  kind: WarningKind;
  /** One line of English: what happened, what becomes of the lines, what to do. */
  message: string;
  /** How often it happened since the last warning of this kind: lines, calls or values. */
  count: number;
}

const INTERVAL_MS = 60_000;

interface Told {
  suppressed: number;
  last: string;
  timer: NodeJS.Timeout;
}

/** Tells the first warning of a kind at once, and the following ones once a minute. */
export class Warnings {
  readonly #told = new Map<WarningKind, Told>();
  #isTelling = false;

  /** @param tell called with each warning that is told; what it throws is ignored. @default writes a line to stderr */
  constructor(readonly tell: (warning: LoggerWarning) => void = toStderr) {}

  warn(kind: WarningKind, message: string, count = 1): void {
    const told = this.#told.get(kind);
    if (told) {
      told.suppressed += count;
      told.last = message;
    } else {
      const timer = setTimeout(() => this.#summarize(kind), INTERVAL_MS);
      timer.unref();
      this.#told.set(kind, { suppressed: 0, last: message, timer });
      this.#tell({ kind, message, count });
    }
  }

  /** Tells what it has not told yet, before the logger ends. What goes wrong after that is told anew. */
  end(): void {
    for (const [kind, { timer, suppressed, last }] of [...this.#told]) {
      clearTimeout(timer);
      this.#told.delete(kind);
      if (suppressed > 0)
        this.#tell({ kind, message: `${last} (${suppressed} more until close())`, count: suppressed });
    }
  }

  #summarize(kind: WarningKind): void {
    const told = this.#told.get(kind);
    this.#told.delete(kind);
    if (told && told.suppressed > 0) this.warn(kind, `${told.last} (${told.suppressed} in a minute)`, told.suppressed);
  }

  #tell(warning: LoggerWarning): void {
    // A callback that logs by this logger may cause the next warning.
    if (this.#isTelling) return;
    this.#isTelling = true;
    try {
      this.tell(warning);
    } catch {
      // An application's callback must not end the application.
    } finally {
      this.#isTelling = false;
    }
  }
}

/** By its descriptor: console and process.stderr may be patched to log by this library, and in a worker they come too late. */
function toStderr({ message }: LoggerWarning): void {
  writeSync(2, `aws-logging-pipeline-logger: ${message}\n`);
}
