import { HEARTBEAT_MS } from "../../shared/page-state";

/** After so many heartbeats that do not come, a connection is taken for lost: it may be so without any error. */
const SILENCE_MS = 3 * HEARTBEAT_MS;
const CHECK_MS = 1_000;

export const SILENT = `Nothing has come from the pipeline for ${SILENCE_MS / 1_000} seconds: it hangs, or the connection to it.`;

/** Notices that nothing comes any more. */
export class Silence {
  #heardAt = Date.now();
  #checkedAt = Date.now();
  readonly #timer = setInterval(() => this.#check(), CHECK_MS);

  /** @param onSilence called when nothing was heard for so long, and again after as long */
  constructor(private readonly onSilence: () => void) {}

  heard(): void {
    this.#heardAt = Date.now();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #check(): void {
    const now = Date.now();
    // While this machine sleeps nobody listens, nor in a tab that a browser has stopped.
    if (now - this.#checkedAt > HEARTBEAT_MS) this.heard();
    this.#checkedAt = now;
    if (now - this.#heardAt < SILENCE_MS) return;
    this.heard();
    this.onSilence();
  }
}
