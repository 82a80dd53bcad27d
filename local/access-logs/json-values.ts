import type { ObjectLogFormat } from "./format";

/** Formats whose lines are JSON, always: values may stand in several lines, and several in one. */
const JSON_FORMATS: readonly (ObjectLogFormat | undefined)[] = [
  "cloudtrail",
  "waf",
  "network_firewall",
  "route53_resolver",
];

/**
 * How deep the values of a JSON file lie that become documents: in `{"Records":[…]}` 2, in `[…]` 1, one after the other 0; undefined:
 * it has lines.
 *
 * @param head how the file begins
 */
export function jsonDepthOf(format: ObjectLogFormat | undefined, head: string): number | undefined {
  if (!JSON_FORMATS.includes(format)) return undefined;
  if (/^\s*\{\s*"Records"\s*:\s*\[/.test(head)) return 2;
  if (/^\s*\[\s*[{\]]/.test(head)) return 1;
  return /^\s*\{/.test(head) ? 0 : undefined;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x7b, 0x5b]);
const CLOSING = new Set([0x7d, 0x5d]);

/** Counts the objects and arrays of a JSON text that end at a depth, in constant memory. */
export class JsonValueCounter {
  #depth = 0;
  #isInString = false;
  #isEscaped = false;

  constructor(private readonly depth: number) {}

  /** @returns how many ended in these bytes */
  push(bytes: Buffer): number {
    let ended = 0;
    for (const byte of bytes) {
      if (this.#isInString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (byte === BACKSLASH) this.#isEscaped = true;
        else if (byte === QUOTE) this.#isInString = false;
      } else if (byte === QUOTE) this.#isInString = true;
      else if (OPENING.has(byte)) this.#depth++;
      else if (CLOSING.has(byte) && --this.#depth === this.depth) ended++;
    }
    return ended;
  }
}
