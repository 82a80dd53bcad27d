/** The shards of a stream, as listed at one point in time. */
export interface ShardListing {
  /** When the stream was created, in milliseconds since the epoch: distinguishes it from a later stream of the same name. */
  readonly createdAt: number;
  readonly shards: readonly ListedShard[];
}

export interface ListedShard {
  readonly id: string;
  /** The shards that it was split or merged from. */
  readonly parents: readonly string[];
  readonly open: boolean;
}

/** From where a shard is read: its oldest record, what is put from now on, or what was put from a time on. */
export type StartingPosition = "TRIM_HORIZON" | "LATEST" | Date;

/** Resolves when the shard has ended and all its records are processed, or `signal` is aborted. */
export type PollShard = (id: string, from: StartingPosition, signal: AbortSignal) => Promise<void>;

/**
 * Polls the shards of a stream, including those created by resharding: each once, from its beginning, after its parents have
 * ended. A stream that was deleted and created again counts as a new one.
 */
export class Shards {
  readonly #states = new Map<string, "reading" | "finished">();
  readonly #polls = new Set<Promise<void>>();
  #reading = new AbortController();
  #createdAt: number | undefined;
  #stopped = false;

  /**
   * @param startingPosition of the shards that exist at the start
   * @param onFinished called when a shard has ended: its children can be polled now
   */
  constructor(
    private readonly poll: PollShard,
    private readonly startingPosition: StartingPosition,
    private readonly onFinished: () => void,
  ) {}

  /** Starts polling new shards. */
  async update({ createdAt, shards }: ShardListing): Promise<void> {
    const isNew = createdAt !== this.#createdAt;
    if (isNew) {
      await this.#end();
      if (this.#stopped) return;
      this.#reading = new AbortController();
      this.#states.clear();
      this.#createdAt = createdAt;
      // A closed shard has no records after LATEST.
      if (this.startingPosition === "LATEST")
        for (const { id, open } of shards) if (!open) this.#states.set(id, "finished");
    }
    const listed = new Set(shards.map(({ id }) => id));
    for (const { id, parents } of shards) {
      const isDue = parents.every((parent) => !listed.has(parent) || this.#states.get(parent) === "finished");
      if (isDue && !this.#states.has(id)) this.#start(id, isNew ? this.startingPosition : "TRIM_HORIZON");
    }
  }

  /** Resolves when no invocation is in flight. */
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
