import type { Interruption } from "./patience";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** A Ctrl-C comes twice: from the terminal, and passed on by npm. What follows within this time is the same one. */
const SAME_MS = 500;

/**
 * Ctrl-C and SIGTERM: the first ends the run in good order, the second at once but with its report, the third without.
 * Before there is anything to finish, the first one ends it at once.
 */
export class Interrupts {
  /** There is something to finish, from `giveTime` on. */
  private givesTime = false;
  private lastMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly interruption: Interruption,
    private readonly tell: (text: string) => void,
  ) {
    for (const signal of SIGNALS) process.on(signal, this.interrupt);
  }

  giveTime(): void {
    this.givesTime = true;
  }

  private readonly interrupt = (signal: NodeJS.Signals): void => {
    const now = performance.now();
    if (now - this.lastMs < SAME_MS) return;
    this.lastMs = now;
    const { interruption } = this;
    if (interruption.over.aborted) {
      process.off(signal, this.interrupt);
      process.kill(process.pid, signal);
    } else if (interruption.isInterrupted) {
      this.tell("\nInterrupted again: ending at once.");
      interruption.endNow();
    } else if (this.givesTime) {
      this.tell("\nInterrupted: finishing what is in progress, up to 10 s. Once more ends at once.");
      interruption.interrupt();
    } else {
      interruption.endNow();
    }
  };
}
