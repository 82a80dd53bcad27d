import type { MappingSettings } from "./settings";

/** A stream's shards at a moment. */
export interface ShardListing {
  /** When the stream was made, in milliseconds since the epoch: tells it from a later one of the same name. */
  readonly createdAt: number;
  readonly shards: readonly ListedShard[];
}

export interface ListedShard {
  readonly id: string;
  /** The shards that it was split off or merged from. */
  readonly parents: readonly string[];
  readonly open: boolean;
}

type StartingPosition = MappingSettings["startingPosition"];

/** Resolves when the shard has ended and all its records are processed, or `signal` is aborted. */
export type PollShard = (id: string, from: StartingPosition, signal: AbortSignal) => Promise<void>;

/**
 * Reads a stream's shards, also those that come by resharding: each once, from its beginning, when its parents have ended. A
 * stream that was deleted and made anew is read as a new one.
 */
export class Shards {
  readonly #states = new Map<string, "reading" | "finished">();
  readonly #polls = new Set<Promise<void>>();
  #reading = new AbortController();
  #createdAt: number | undefined;
  #stopped = false;

  /**
   * @param startingPosition where the shards are read that exist at the beginning
   * @param onFinished called when a shard has ended: its children can be read now
   */
  constructor(
    private readonly poll: PollShard,
    private readonly startingPosition: StartingPosition,
    private readonly onFinished: () => void,
  ) {}

  /** Starts reading what is new. */
  async update({ createdAt, shards }: ShardListing): Promise<void> {
    const isNew = createdAt !== this.#createdAt;
    if (isNew) {
      await this.#end();
      if (this.#stopped) return;
      this.#reading = new AbortController();
      this.#states.clear();
      this.#createdAt = createdAt;
      // From the end on, there is nothing in a shard that is closed.
      if (this.startingPosition === "LATEST")
        for (const { id, open } of shards) if (!open) this.#states.set(id, "finished");
    }
    const listed = new Set(shards.map(({ id }) => id));
    for (const { id, parents } of shards) {
      const isDue = parents.every((parent) => !listed.has(parent) || this.#states.get(parent) === "finished");
      if (isDue && !this.#states.has(id)) this.#start(id, isNew ? this.startingPosition : "TRIM_HORIZON");
    }
  }

  /** Resolves when no invocation is in flight any more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#end();
  }

  async #end(): Promise<void> {
    this.#reading.abort();
    await Promise.all(this.#polls);
  }

  #start(id: string, from: StartingPosition): void {
    const { signal } = this.#reading;
    this.#states.set(id, "reading");
    const polled = this.poll(id, from, signal).then(() => {
      this.#polls.delete(polled);
      if (signal.aborted) return;
      this.#states.set(id, "finished");
      this.onFinished();
    });
    this.#polls.add(polled);
  }
}
