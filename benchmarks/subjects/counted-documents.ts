const NEWLINE = 10;
const ID = Buffer.from('"_id":"');
const ZERO = 48;
const DOT = 46;
const QUOTE = 34;

/** Documents by their ids, as an index counts them: which lines of which objects there are. A line takes a bit of memory. */
export class CountedDocuments {
  readonly #lines = new Map<string, Uint8Array>();
  #created = 0;
  #repeated = 0;

  /** Documents with different ids. */
  get created(): number {
    return this.#created;
  }

  /** Documents that were there already. */
  get repeated(): number {
    return this.#repeated;
  }

  /** Objects that the documents are lines of. */
  get objects(): number {
    return this.#lines.size;
  }

  /**
   * Takes the documents of a `_bulk` body.
   *
   * @returns the status of each: 201, or 409 if it was there
   * @throws Error for an action without an id of line and object, `<line>.<hash>`
   */
  take(body: Buffer): number[] {
    const statuses: number[] = [];
    for (let at = 0; at < body.length; ) {
      const end = body.indexOf(NEWLINE, at);
      const id = body.indexOf(ID, at) + ID.length;
      if (id < ID.length || id > end) throw new Error(`no id in ${body.toString("utf8", at, end)}`);
      let line = 0;
      let digit = id;
      for (; body[digit]! >= ZERO && body[digit]! < ZERO + 10; digit++) line = 10 * line + body[digit]! - ZERO;
      if (digit === id || body[digit] !== DOT) throw new Error(`no line in ${body.toString("utf8", at, end)}`);
      const hash = body.toString("latin1", digit + 1, body.indexOf(QUOTE, digit));
      statuses.push(this.#add(hash, line) ? 201 : 409);
      at = body.indexOf(NEWLINE, end + 1) + 1;
    }
    return statuses;
  }

  #add(hash: string, line: number): boolean {
    let bits = this.#lines.get(hash) ?? new Uint8Array(1024);
    if (line >= 8 * bits.length) {
      const grown = new Uint8Array(Math.max(2 * bits.length, (line >> 3) + 1));
      grown.set(bits);
      bits = grown;
    }
    this.#lines.set(hash, bits);
    const bit = 1 << (line & 7);
    const isNew = (bits[line >> 3]! & bit) === 0;
    bits[line >> 3]! |= bit;
    if (isNew) this.#created++;
    else this.#repeated++;
    return isNew;
  }
}
