import { emulatorDocumentId, emulatorEventId, eventIdParts } from "./event-id";

/** The events of one call of PutLogEvents. */
export interface LedgerCall {
  readonly logGroup: string;
  readonly count: number;
  /** Number of its first event; the others follow. */
  readonly first: number;
}

interface Entry extends LedgerCall {
  readonly counter: bigint;
  readonly time: number;
  /** Milliseconds after `time` for each event; undefined when all have the same time. */
  readonly after: Uint32Array | undefined;
}

/**
 * Records every event that was put, in 0 to 4 bytes each. Events are numbered from 0; their ids follow from the id of the
 * first event of each call and from their times.
 */
export class EventLedger {
  readonly #entries: Entry[] = [];
  /** By `counter`, ascending. */
  readonly #byCounter: Entry[] = [];
  #size = 0;

  /** Number of events that were put. */
  get size(): number {
    return this.#size;
  }

  /** Log groups, in the order of their first event. */
  get logGroups(): string[] {
    return [...new Set(this.#entries.map(({ logGroup }) => logGroup))];
  }

  get calls(): readonly LedgerCall[] {
    return this.#entries;
  }

  /** Times of the earliest and the latest event, in milliseconds since the epoch; requires an event. */
  get period(): { from: number; to: number } {
    let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const entry of this.#entries) {
      from = Math.min(from, entry.time);
      to = Math.max(to, timeAt(entry, entry.count - 1));
    }
    return { from, to };
  }

  /** The `_id`s of the documents of all events. */
  *documentIds(): Generator<string> {
    for (let number = 0; number < this.#size; number++) yield this.documentIdOf(number);
  }

  /**
   * @param timestamps of a call's events, at least one, ascending by at most 24 hours, in milliseconds since the epoch
   * @throws Error for an id that is not the local emulator's
   */
  add(logGroup: string, firstId: string | undefined, timestamps: readonly number[]): void {
    const parts = eventIdParts(firstId ?? "");
    const time = timestamps[0]!;
    if (parts?.timestamp !== time) {
      throw new Error(
        `PutLogEvents returned the id ${firstId} for an event of ${time}, which is not the local emulator's format. Does another server answer?`,
      );
    }
    const isOneTime = timestamps.at(-1) === time;
    const after = isOneTime ? undefined : Uint32Array.from(timestamps, (timestamp) => timestamp - time);
    const entry = { logGroup, first: this.#size, count: timestamps.length, counter: parts.counter, time, after };
    this.#size += entry.count;
    this.#entries.push(entry);
    this.#byCounter.splice(this.#indexAfter(entry.counter), 0, entry);
  }

  /** @throws RangeError for a number without an event */
  idOf(number: number): string {
    const entry = this.#entryOf(number);
    const n = number - entry.first;
    return emulatorEventId({ timestamp: timeAt(entry, n), counter: entry.counter + BigInt(n) });
  }

  /** @throws RangeError for a number without an event */
  documentIdOf(number: number): string {
    return emulatorDocumentId(this.idOf(number), this.logGroupOf(number));
  }

  logGroupOf(number: number): string {
    return this.#entryOf(number).logGroup;
  }

  /** @returns undefined for the id of an event from elsewhere */
  numberOf(id: string): number | undefined {
    const parts = eventIdParts(id);
    if (!parts) return undefined;
    const entry = this.#byCounter[this.#indexAfter(parts.counter) - 1];
    if (!entry) return undefined;
    const n = Number(parts.counter - entry.counter);
    return n < entry.count && timeAt(entry, n) === parts.timestamp ? entry.first + n : undefined;
  }

  #entryOf(number: number): Entry {
    const entry = this.#entries[indexAfter(this.#entries, ({ first }) => first <= number) - 1];
    if (!entry || number >= this.#size) throw new RangeError(`no event has the number ${number}`);
    return entry;
  }

  #indexAfter(counter: bigint): number {
    return indexAfter(this.#byCounter, (entry) => entry.counter <= counter);
  }
}

function timeAt({ time, after }: Entry, n: number): number {
  return time + (after?.[n] ?? 0);
}

/** Number of elements at the beginning of a sorted list for which `isBefore` holds. */
function indexAfter<T>(sorted: readonly T[], isBefore: (element: T) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
