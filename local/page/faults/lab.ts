import type { LogLine } from "../../log-events/line";
import type { FaultsState } from "../shared/faults";
import { Experiment, type ExperimentIo } from "./experiment";
import type { FaultDefinition, PageFaultTargets } from "./fault";
import { PAGE_FAULTS } from "./faults";
import { RunningFaults } from "./running-faults";
import type { SteadyLines } from "./steady-lines";

/** A line or a record that is a fault itself is put among others, which go on for so long. */
const AFTERMATH_MS = 8_000;

export interface LabOptions extends ExperimentIo {
  readonly targets: Omit<PageFaultTargets, "putLine">;
  /** Where lines of faults are put. */
  readonly logGroup: string;
  putSteadily(ledger: Experiment["ledger"]): SteadyLines;
  /** @default all */
  readonly faults?: readonly FaultDefinition[];
}

/** Breaks the pipeline while lines are put into it, and follows them until each is accounted for. */
export class FaultLab {
  readonly #running: RunningFaults;
  readonly #now: () => number;
  #experiment: Experiment | undefined;
  #lines: SteadyLines | undefined;
  #brokenUntil = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: LabOptions) {
    this.#now = options.now ?? (() => performance.now());
    const putLine = (message: string) => this.#putLine(message);
    this.#running = new RunningFaults(options.faults ?? PAGE_FAULTS, { ...options.targets, putLine });
  }

  get state(): FaultsState {
    const experiment = this.#experiment?.counts;
    return { faults: this.#running.shown, ...(experiment && { experiment }) };
  }

  find(id: string): FaultDefinition | undefined {
    return this.#running.find(id);
  }

  isAvailable(fault: FaultDefinition): boolean {
    return this.#running.isAvailable(fault);
  }

  /** @throws Error when it cannot begin */
  async begin(fault: FaultDefinition): Promise<void> {
    this.#brokenUntil = this.#now() + AFTERMATH_MS;
    if (this.#experiment === undefined || this.#experiment.counts.phase === "over") {
      this.#experiment = new Experiment(this.options);
      await this.#experiment.begin();
    }
    this.#lines ??= this.options.putSteadily(this.#experiment.ledger);
    await this.#running.begin(fault);
  }

  /** @param id undefined: all that are on @throws Error when one cannot be ended: it stays on */
  heal(id?: string): Promise<void> {
    return id === undefined ? this.#running.healAll() : this.#running.heal(id);
  }

  /** Looks where the events are; call it once a second. @throws Error when the engine or the archive does not answer */
  async update(): Promise<void> {
    const isBroken = this.#running.areOn || this.#now() < this.#brokenUntil;
    if (!isBroken) {
      await this.#lines?.stop();
      this.#lines = undefined;
    }
    await this.#experiment?.update(isBroken);
  }

  async stop(): Promise<void> {
    await this.#lines?.stop();
    await this.#running.healAll();
  }

  async #putLine(message: string): Promise<void> {
    const line: LogLine = {
      ...{ logGroup: this.options.logGroup, logStream: "faults", message },
      timestamp: Date.now(),
    };
    await this.#lines?.put(line);
  }
}
