/** How long what is counted of a lane has to be still, in milliseconds: until then, events are on their way. */
const STILL_MS = 5_000;

/** An audit waits as many times as long as the one before took, so that it never takes most of the machine. */
const REST = 4;
/** At least and at most, in milliseconds. */
const MIN_REST_MS = 5_000;
const MAX_REST_MS = 60_000;

interface Observed {
  readonly counts: string;
  readonly sinceMs: number;
}

/** Decides when archive and index are compared: when lanes are still, and not as they were at the audit before. */
export class AuditSchedule {
  /** By lane. */
  readonly #observed = new Map<string, Observed>();
  /** What was counted when the lane was last audited, whatever came of it. */
  readonly #audited = new Map<string, string>();
  #restUntilMs = 0;
  #running: { readonly beganMs: number; readonly counts: ReadonlyMap<string, string> } | undefined;

  /** @param counts all that is counted of a lane, as a text */
  observe(lane: string, counts: string, nowMs: number): void {
    if (this.#observed.get(lane)?.counts !== counts) this.#observed.set(lane, { counts, sinceMs: nowMs });
  }

  /** Whether an audit runs. */
  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** The lanes, of these, that are to be audited now: none while an audit runs, or soon after. */
  due(lanes: readonly string[], nowMs: number): string[] {
    if (this.#running || nowMs < this.#restUntilMs) return [];
    return lanes.filter((lane) => {
      const observed = this.#observed.get(lane);
      return observed && nowMs - observed.sinceMs >= STILL_MS && this.#audited.get(lane) !== observed.counts;
    });
  }

  /** An audit of these lanes begins. */
  begin(lanes: readonly string[], nowMs: number): void {
    const counts = lanes.map((lane): [string, string] => [lane, this.#observed.get(lane)?.counts ?? ""]);
    this.#running = { beganMs: nowMs, counts: new Map(counts) };
  }

  /**
   * It has ended.
   *
   * @param isComplete whether all was compared; if not, it is repeated
   * @returns the lanes that were still meanwhile, of which it holds
   */
  end(isComplete: boolean, nowMs: number): string[] {
    const { beganMs, counts } = this.#running!;
    this.#running = undefined;
    // What was not there for one that failed may take a while.
    const rest = (isComplete ? REST : REST * REST) * (nowMs - beganMs);
    this.#restUntilMs = nowMs + Math.min(Math.max(rest, MIN_REST_MS), MAX_REST_MS);
    const still = [...counts].filter(([lane, before]) => this.#observed.get(lane)?.counts === before);
    if (isComplete) for (const [lane, before] of still) this.#audited.set(lane, before);
    return still.map(([lane]) => lane);
  }
}
