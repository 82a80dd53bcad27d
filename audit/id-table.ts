/** What an audit knows of a document. */
export const Flag = {
  /** Its slot in the table is taken. */
  Used: 1,
  /** The archive has its event, and today's settings index it. */
  Expected: 2,
  /** `rejected/` has its event. */
  Rejected: 4,
  /** The index has it. */
  Seen: 8,
  /** Its content may not be what the archive says. */
  Differs: 16,
  /** The archive has its event. */
  Archived: 32,
} as const;

/** The table is enlarged when more of it is taken. */
const MAX_LOAD = 0.75;

const FIRST_CAPACITY = 1024;

/** Thrown for more ids than an audit keeps at a time. */
export class TooManyIdsError extends Error {
  override readonly name = "TooManyIdsError";
}

/** Ids by their hashes: some 17 bytes for each slot, whatever their length. */
export class IdTable {
  /** Of each slot. */
  flags = new Uint8Array(FIRST_CAPACITY);
  /** Of each slot: where the events of an hour and a log group are counted. */
  cells = new Uint32Array(FIRST_CAPACITY);
  /** Of each slot: the number of the object that has the event. */
  objects = new Uint32Array(FIRST_CAPACITY);
  /** Of each slot: hash of what the archive says that the document is. Empty unless contents are compared. */
  contents: Uint32Array;
  private high = new Uint32Array(FIRST_CAPACITY);
  private low = new Uint32Array(FIRST_CAPACITY);
  private size = 0;

  /** @param maxIds how many it may have */
  constructor(
    private readonly maxIds: number,
    private readonly withContents = false,
  ) {
    this.contents = new Uint32Array(withContents ? FIRST_CAPACITY : 0);
  }

  /** Returns the slot of an id, or -1. */
  find(high: number, low: number): number {
    const slot = this.slotOf(high, low);
    return this.flags[slot] === 0 ? -1 : slot;
  }

  /** Returns the slot of an id, a new one if it has none. @throws TooManyIdsError */
  slot(high: number, low: number): number {
    let slot = this.slotOf(high, low);
    if (this.flags[slot] !== 0) return slot;
    if (this.size >= this.maxIds) throw new TooManyIdsError();
    if (this.size >= this.capacity * MAX_LOAD) {
      this.enlarge();
      slot = this.slotOf(high, low);
    }
    this.size++;
    this.flags[slot] = Flag.Used;
    this.high[slot] = high;
    this.low[slot] = low;
    return slot;
  }

  get capacity(): number {
    return this.flags.length;
  }

  /** Takes a flag from every id. */
  clear(flag: number): void {
    for (let slot = 0; slot < this.capacity; slot++) this.flags[slot]! &= ~flag;
  }

  private slotOf(high: number, low: number): number {
    const mask = this.capacity - 1;
    let slot = low & mask;
    while (this.flags[slot] !== 0 && (this.low[slot] !== low || this.high[slot] !== high)) slot = (slot + 1) & mask;
    return slot;
  }

  private enlarge(): void {
    const { flags, cells, objects, contents, high, low } = this;
    const capacity = 2 * flags.length;
    this.flags = new Uint8Array(capacity);
    this.cells = new Uint32Array(capacity);
    this.objects = new Uint32Array(capacity);
    this.contents = new Uint32Array(this.withContents ? capacity : 0);
    this.high = new Uint32Array(capacity);
    this.low = new Uint32Array(capacity);
    for (let from = 0; from < flags.length; from++) {
      if (flags[from] === 0) continue;
      const to = this.slotOf(high[from]!, low[from]!);
      this.flags[to] = flags[from]!;
      this.cells[to] = cells[from]!;
      this.objects[to] = objects[from]!;
      if (this.withContents) this.contents[to] = contents[from]!;
      this.high[to] = high[from]!;
      this.low[to] = low[from]!;
    }
  }
}
