/** A difference that is no correction of a running clock, in milliseconds. */
const JUMP_MS = 2_000;

/** Notices when the system's clock is set: the times of lines follow it, and nothing else does. */
export class ClockWatch {
  jumps = 0;
  #offset = Date.now() - performance.now();

  /** @param tell called with a text for people */
  constructor(readonly tell: (message: string) => void) {}

  check(): void {
    const offset = Date.now() - performance.now();
    const moved = offset - this.#offset;
    if (Math.abs(moved) < JUMP_MS) return;
    this.#offset = offset;
    this.jumps++;
    this.tell(`the system's clock moved by ${Math.round(moved / 1000)} s; the times of lines follow it`);
  }
}
