/** Buffering hints of a destination, a backup or the Lambda processor. */
export interface BufferHints {
  /** Of the records before compression and base64. */
  readonly sizeBytes: number;
  readonly intervalMs: number;
}

/** Source: Firehose API reference "BufferingHints". @default 5 MiB, 300 s */
export function hintsOf(
  hints: { readonly SizeInMBs?: number | undefined; readonly IntervalInSeconds?: number | undefined } = {},
): BufferHints {
  return { sizeBytes: (hints.SizeInMBs ?? 5) * 1024 * 1024, intervalMs: (hints.IntervalInSeconds ?? 300) * 1000 };
}

interface Buffered<Item> {
  readonly item: Item;
  readonly bytes: number;
  /** By `performance.now()`. */
  readonly addedAt: number;
}

/**
 * Buffers items until a batch is due: when it has the size, or when the interval since its first item has passed, whichever is
 * first. New hints apply to what is buffered.
 *
 * Source: Firehose Developer Guide "Buffering hints".
 */
export class DeliveryBuffer<Item> {
  readonly #items: Buffered<Item>[] = [];
  #bytes = 0;

  constructor(private readonly hints: () => BufferHints) {}

  get bytes(): number {
    return this.#bytes;
  }

  /** @param now by `performance.now()`, as below */
  add(item: Item, bytes: number, now: number): void {
    this.#items.push({ item, bytes, addedAt: now });
    this.#bytes += bytes;
  }

  /** When the next batch is due, by `performance.now()`; Infinity without items. */
  get dueAt(): number {
    const { sizeBytes, intervalMs } = this.hints();
    if (this.#bytes >= sizeBytes) return 0;
    return this.#items.length > 0 ? this.#items[0]!.addedAt + intervalMs : Number.POSITIVE_INFINITY;
  }

  /** The next batch, if one is due: its last item is the one that reaches the size. */
  take(now: number): Item[] | undefined {
    if (this.#items.length === 0 || now < this.dueAt) return undefined;
    const { sizeBytes } = this.hints();
    let bytes = 0;
    let length = 0;
    while (length < this.#items.length && (length === 0 || bytes < sizeBytes)) bytes += this.#items[length++]!.bytes;
    this.#bytes -= bytes;
    return this.#items.splice(0, length).map(({ item }) => item);
  }
}
