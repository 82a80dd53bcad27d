import { eventIdOf } from "../../core/events/document-id";
import { BitSet } from "../delivery/bit-set";
import type { SearchRetryPolicy } from "../delivery/retrying-search";
import { foundIds, type SearchLocation } from "../delivery/search";
import type { PutAccessLog } from "./put";

/** Lines that arrive at about the same time: the others are searched for once the last one is found. */
const BLOCK_LINES = 5_000;

interface Block {
  /** Numbers of its first line, and of the one after its last. */
  readonly from: number;
  readonly to: number;
}

/** Finds the documents of an object's lines. */
export class SearchableLines {
  #found = new BitSet();
  #count = 0;
  #open: readonly Block[];

  /** @param isSettled whether a line is expected in no document, such as a rejected one; evaluated at each search */
  constructor(
    private readonly log: Pick<PutAccessLog, "idSuffix" | "expected">,
    private readonly location: SearchLocation,
    private readonly isSettled: (line: number) => boolean,
    private readonly retryPolicy?: SearchRetryPolicy,
  ) {
    const { lines } = log.expected;
    this.#open = Array.from({ length: Math.ceil(lines / BLOCK_LINES) }, (_, n) => {
      return { from: n * BLOCK_LINES, to: Math.min(lines, (n + 1) * BLOCK_LINES) };
    });
  }

  /** How many lines were found. */
  get count(): number {
    return this.#count;
  }

  has(line: number): boolean {
    return this.#found.has(line);
  }

  /** Searches for lines that were not found yet. */
  async update(): Promise<void> {
    const waiting = this.#open.flatMap((block) => {
      const last = this.#missingIn(block).at(-1);
      return last === undefined ? [] : [{ block, last }];
    });
    await this.#lookFor(waiting.map(({ last }) => last));
    for (const { block, last } of waiting) if (this.has(last)) await this.#lookFor(this.#missingIn(block));
    this.#open = waiting.map(({ block }) => block);
  }

  /** Searches for every line once more. @returns how many documents there are beyond one for each line */
  async verify(): Promise<number> {
    this.#found = new BitSet();
    this.#count = 0;
    return this.#lookFor(this.#expected());
  }

  /** @returns how many documents are of lines that were found before */
  async #lookFor(lines: Iterable<number>): Promise<number> {
    let again = 0;
    for await (const ids of foundIds(this.location, this.#idsOf(lines), this.retryPolicy)) {
      for (const id of ids) {
        if (this.#found.add(Number(eventIdOf(id)))) this.#count++;
        else again++;
      }
    }
    return again;
  }

  *#idsOf(lines: Iterable<number>): Generator<string> {
    for (const line of lines) yield line + this.log.idSuffix;
  }

  *#expected(): Generator<number> {
    const { lines, events } = this.log.expected;
    for (let line = 0; line < lines; line++) if (events.has(line)) yield line;
  }

  #missingIn({ from, to }: Block): number[] {
    const { events } = this.log.expected;
    const missing: number[] = [];
    for (let line = from; line < to; line++) {
      if (events.has(line) && !this.has(line) && !this.isSettled(line)) missing.push(line);
    }
    return missing;
  }
}
