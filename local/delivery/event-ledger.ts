import { emulatorEventId, eventIdParts } from "./event-id";

/** The events of one call of PutLogEvents. */
export interface LedgerCall {
  readonly logGroup: string;
  readonly count: number;
  /** The number of its first event; its others have the next ones. */
  readonly first: number;
}

interface Entry extends LedgerCall {
  readonly counter: bigint;
  readonly time: number;
  /** How many milliseconds after `time`, for each event; undefined when all have the same time. */
  readonly after: Uint32Array | undefined;
}

/**
 * Knows every event that was put, by 0 to 4 bytes for each: events are numbered from 0 on, and their ids follow from the
 * id of the first of each call and their times.
 */
export class EventLedger {
  readonly #entries: Entry[] = [];
  /** By `counter`, ascending. */
  readonly #byCounter: Entry[] = [];
  #size = 0;

  /** How many events were put. */
  get size(): number {
    return this.#size;
  }

  /** The log groups, in the order in which they came. */
  get logGroups(): string[] {
    return [...new Set(this.#entries.map(({ logGroup }) => logGroup))];
  }

  get calls(): readonly LedgerCall[] {
    return this.#entries;
  }

  /** The times of the earliest and of the latest event, in milliseconds since the epoch; there has to be one. */
  get period(): { from: number; to: number } {
    let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const entry of this.#entries) {
      from = Math.min(from, entry.time);
      to = Math.max(to, timeAt(entry, entry.count - 1));
    }
    return { from, to };
  }

  /** The ids of all events. */
  *ids(): Generator<string> {
    for (let number = 0; number < this.#size; number++) yield this.idOf(number);
  }

  /**
   * @param timestamps of a call's events, at least one, ascending by at most 24 hours, in milliseconds since the epoch
   * @throws Error for an id that the local emulator does not give
   */
  add(logGroup: string, firstId: string | undefined, timestamps: readonly number[]): void {
    const parts = eventIdParts(firstId ?? "");
    const time = timestamps[0]!;
    if (parts?.timestamp !== time) {
      throw new Error(
        `PutLogEvents told ${firstId} as the id of an event of ${time}; is it the local emulator that answers?`,
      );
    }
    const isOneTime = timestamps.at(-1) === time;
    const after = isOneTime ? undefined : Uint32Array.from(timestamps, (timestamp) => timestamp - time);
    const entry = { logGroup, first: this.#size, count: timestamps.length, counter: parts.counter, time, after };
    this.#size += entry.count;
    this.#entries.push(entry);
    this.#byCounter.splice(this.#indexAfter(entry.counter), 0, entry);
  }

  /** @throws RangeError for a number that no event has */
  idOf(number: number): string {
    const entry = this.#entryOf(number);
    const n = number - entry.first;
    return emulatorEventId({ timestamp: timeAt(entry, n), counter: entry.counter + BigInt(n) });
  }

  logGroupOf(number: number): string {
    return this.#entryOf(number).logGroup;
  }

  /** @returns undefined for the id of an event that somebody else put */
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

/** How many elements at the beginning of a sorted list are not beyond something. */
function indexAfter<T>(sorted: readonly T[], isBefore: (element: T) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
