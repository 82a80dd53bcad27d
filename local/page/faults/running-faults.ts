import { FAULT_SECONDS, type PageFault } from "../shared/faults";
import type { FaultDefinition, Heal, PageFaultTargets } from "./fault";
import { nothingToHeal } from "./fault";

interface FaultRun {
  strikes: number;
  /** Undefined while it is off. */
  heal?: Heal;
  timer?: NodeJS.Timeout;
  error?: string;
}

/** Begins faults and heals them, each by itself; requests for one fault are handled one after the other. */
export class RunningFaults {
  readonly #runs = new Map<string, FaultRun>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly faults: readonly FaultDefinition[],
    private readonly targets: PageFaultTargets,
  ) {}

  /** Whether something is broken at the moment. */
  get areOn(): boolean {
    return [...this.#runs.values()].some(({ heal }) => heal !== undefined);
  }

  /** What the page shows. */
  get shown(): PageFault[] {
    return this.faults.map((fault) => {
      const { id, title, site, does, expect } = fault;
      const run = this.#runs.get(id);
      const status = this.isAvailable(fault) ? (run?.heal ? "on" : "off") : "unavailable";
      const error = run?.error;
      return { ...{ id, title, site, does, expect, status }, strikes: run?.strikes ?? 0, ...(error && { error }) };
    });
  }

  find(id: string): FaultDefinition | undefined {
    return this.faults.find((fault) => fault.id === id);
  }

  isAvailable({ needsOwnEngine }: FaultDefinition): boolean {
    return !needsOwnEngine || this.targets.network.engine !== undefined;
  }

  /** Does nothing when it is on. @throws Error when it cannot begin */
  begin(fault: FaultDefinition): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#runs.get(fault.id)?.heal) return;
      const run: FaultRun = { strikes: 0 };
      this.#runs.set(fault.id, run);
      await this.#noting(run, async () => {
        const heal = await fault.begin(this.targets, () => run.strikes++);
        if (heal === nothingToHeal) return;
        run.heal = heal;
        run.timer = setTimeout(() => void this.heal(fault.id).catch(() => {}), FAULT_SECONDS * 1000).unref();
      });
    });
  }

  /** Ends it, or does nothing. @throws Error when it cannot be ended: it stays on */
  heal(id: string): Promise<void> {
    return this.#inTurn(async () => {
      const run = this.#runs.get(id);
      if (!run?.heal) return;
      await this.#noting(run, async () => {
        await run.heal?.();
        delete run.heal;
        clearTimeout(run.timer);
      });
    });
  }

  /** Heals all that are on. @throws Error what the first that cannot be ended throws; the others are ended */
  async healAll(): Promise<void> {
    const results = await Promise.allSettled(this.faults.map(({ id }) => this.heal(id)));
    const failed = results.find((result) => result.status === "rejected");
    if (failed) throw failed.reason;
  }

  async #noting(run: FaultRun, action: () => Promise<void>): Promise<void> {
    delete run.error;
    try {
      await action();
    } catch (error) {
      run.error = (error as Error).message;
      throw error;
    }
  }

  #inTurn(action: () => Promise<void>): Promise<void> {
    const done = this.#last.then(action);
    this.#last = done.catch(() => {});
    return done;
  }
}
