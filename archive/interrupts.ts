import { onSignals } from "../tools/shutdown/on-signals";
import type { RunDeadline } from "./deadlines";

/**
 * Lets Ctrl-C and SIGTERM end the run: the first in good order, the second at once but with its report, the third without.
 * Before anything is delivered, the first one ends it at once.
 */
export class Interrupts {
  /** Whether requests in flight get time to finish: from `giveTime` on. */
  private givesTime = false;

  constructor(
    private readonly deadline: RunDeadline,
    private readonly log: (text: string) => void,
  ) {
    onSignals(["SIGINT", "SIGTERM"], [() => this.finish(), () => this.endNow()]);
  }

  giveTime(): void {
    this.givesTime = true;
  }

  private finish(): void {
    if (this.givesTime) {
      this.log("\nInterrupted: finishing what is in progress, up to 10 s. Once more ends at once.");
      this.deadline.interrupt();
    } else {
      this.deadline.endNow();
    }
  }

  private endNow(): void {
    this.log("\nInterrupted again: ending at once.");
    this.deadline.endNow();
  }
}
