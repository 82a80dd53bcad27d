import { RunDeadline } from "../../archive/deadlines";

/** A run's deadline whose clock moves only when something sleeps. */
export class FakeRunDeadline extends RunDeadline {
  nowMs = 0;

  constructor() {
    super(() => this.nowMs);
  }

  override readonly sleep = async (ms: number): Promise<void> => {
    this.nowMs += ms;
  };
}
