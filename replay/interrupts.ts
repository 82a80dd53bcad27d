import { onSignals } from "../tools/shutdown/on-signals";
import type { Interruption } from "./patience";

/**
 * Lets Ctrl-C and SIGTERM end the run: the first in good order, the second at once but with its report, the third without.
 * Before there is anything to finish, the first one ends it at once.
 */
export class Interrupts {
  /** There is something to finish, from `giveTime` on. */
  private givesTime = false;

  constructor(
    private readonly interruption: Interruption,
    private readonly tell: (text: string) => void,
  ) {
    onSignals(["SIGINT", "SIGTERM"], [() => this.finish(), () => this.endNow()]);
  }

  giveTime(): void {
    this.givesTime = true;
  }

  private finish(): void {
    if (this.givesTime) {
      this.tell("\nInterrupted: finishing what is in progress, up to 10 s. Once more ends at once.");
      this.interruption.interrupt();
    } else {
      this.interruption.endNow();
    }
  }

  private endNow(): void {
    this.tell("\nInterrupted again: ending at once.");
    this.interruption.endNow();
  }
}
