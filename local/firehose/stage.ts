import { Condition } from "../event-source-mapping/condition";
import { type BufferHints, DeliveryBuffer } from "./buffer";

/** A buffer, and what is done with its batches, one after the other. */
export class Stage<Item> {
  readonly #changed = new Condition();
  readonly #buffer: DeliveryBuffer<Item>;
  #inFlightBytes = 0;
  #running: Promise<void>;

  /**
   * @param bytesOf an item's size, which its buffer counts
   * @param deliver returns when the batch is done with: it retries by itself, and returns early once `signal` is aborted
   */
  constructor(
    hints: () => BufferHints,
    private readonly bytesOf: (item: Item) => number,
    private readonly deliver: (batch: readonly Item[]) => Promise<void>,
    private readonly signal: AbortSignal,
  ) {
    this.#buffer = new DeliveryBuffer(hints);
    signal.addEventListener("abort", this.#changed.notify);
    this.#running = this.#run();
  }

  /** Of the items that are buffered or being delivered. */
  get bytes(): number {
    return this.#buffer.bytes + this.#inFlightBytes;
  }

  add(item: Item): void {
    this.#buffer.add(item, this.bytesOf(item), performance.now());
    this.#changed.notify();
  }

  /** Looks at the hints again. */
  update(): void {
    this.#changed.notify();
  }

  /** Resolves once `signal` is aborted and nothing is in flight. */
  ended(): Promise<void> {
    return this.#running;
  }

  async #run(): Promise<void> {
    while (!this.signal.aborted) {
      const batch = this.#buffer.take(performance.now());
      if (!batch) {
        await this.#changed.wait(this.#buffer.dueAt - performance.now());
        continue;
      }
      this.#inFlightBytes = batch.reduce((sum, item) => sum + this.bytesOf(item), 0);
      await this.deliver(batch);
      this.#inFlightBytes = 0;
    }
  }
}
