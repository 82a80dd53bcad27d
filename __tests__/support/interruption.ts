import { Interruption } from "../../replay/patience";

/** An interruption whose clock moves only when something sleeps. */
export class FakeInterruption extends Interruption {
  nowMs = 0;

  constructor() {
    super(() => this.nowMs);
  }

  override readonly sleep = async (ms: number): Promise<void> => {
    this.nowMs += ms;
  };
}
