import { isBeyond } from "../json/excess";
import { endOfString, textOfString } from "../json/members";
import { isObject, parsedObject } from "../json/object";
import { MAX_DIGITS } from "./field-values";
import { NumberText } from "./parsed-message";

/** Documents of more levels are text at once: core/sinks/opensearch/field-limits.ts. */
const MAX_LEVELS = 100;

/**
 * What may be a number that JavaScript writes in another way: one of many digits, with decimals or an exponent, or -0. Of 16 digits,
 * as Suricata's ids of flows have, those that begin with 9 may be beyond 2^53. A colon is behind a name: times have some, too.
 */
const UNSAFE_NUMBER = /(?:"\s*:|[[,])\s*(?:-?(?:\d{17}|9\d{15}|\d+[.eE])|-0)/;

/**
 * Parses a JSON object. Its numbers keep their digits: those that JavaScript would change are `NumberText`, very long ones texts.
 *
 * @returns undefined for any other text, for an object of more levels than a document may have, and for one that has a name twice, of
 * which it could hold one value only
 */
export function exactObject(json: string): Record<string, unknown> | undefined {
  const object = parsedObject(json);
  if (!object || hasTooManyLevels(json)) return undefined;
  const isExact = !UNSAFE_NUMBER.test(json);
  if (isExact && namesAtMost(json) === namesOf(object)) return object;
  const reader = new ExactReader(json);
  const exact = reader.value();
  if (reader.hasNameTwice || !isObject(exact)) return undefined;
  return isExact ? object : exact;
}

/** Counts what may be the end of a name, in texts, too: a quote, white space and a colon. */
function namesAtMost(json: string): number {
  let names = 0;
  for (let at = json.indexOf(":"); at >= 0; at = json.indexOf(":", at + 1)) {
    let end = at - 1;
    while (WHITE_SPACE.includes(json[end]!)) end--;
    if (json[end] === '"') names++;
  }
  return names;
}

const WHITE_SPACE = " \t\r\n";

/** Counts the names in a value of few levels. */
function namesOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  let names = 0;
  for (const item of Object.values(value)) names += namesOf(item);
  return Array.isArray(value) ? names : names + Object.keys(value).length;
}

function hasTooManyLevels(json: string): boolean {
  let brackets = 0;
  for (const bracket of ["{", "["]) {
    for (let at = json.indexOf(bracket); at >= 0; at = json.indexOf(bracket, at + 1)) {
      if (++brackets > MAX_LEVELS) return isBeyond(json, LEVELS);
    }
  }
  return false;
}

const LEVELS = { levels: MAX_LEVELS, values: Number.POSITIVE_INFINITY };

const SPACE = /[ \t\r\n]*/y;
const LITERAL = /[-+.\w]+/y;

/** Reads a text that `JSON.parse` has accepted, of few levels. */
class ExactReader {
  hasNameTwice = false;
  #at = 0;

  constructor(readonly json: string) {}

  value(): unknown {
    switch (this.#peek()) {
      case "{":
        return this.#object();
      case "[":
        return this.#array();
      case '"':
        return this.#string();
      default:
        return this.#literal();
    }
  }

  #object(): Record<string, unknown> {
    // Without a prototype: `__proto__` is a name like any other.
    const object: Record<string, unknown> = Object.create(null);
    this.#at++;
    while (this.#peek() !== "}") {
      const name = this.#string();
      this.#skip(":");
      this.hasNameTwice ||= Object.hasOwn(object, name);
      object[name] = this.value();
      this.#skip(",");
    }
    this.#at++;
    return object;
  }

  #array(): unknown[] {
    const array: unknown[] = [];
    this.#at++;
    while (this.#peek() !== "]") {
      array.push(this.value());
      this.#skip(",");
    }
    this.#at++;
    return array;
  }

  #string(): string {
    const start = this.#at;
    this.#at = endOfString(this.json, start) + 1;
    return textOfString(this.json.slice(start, this.#at));
  }

  #literal(): unknown {
    LITERAL.lastIndex = this.#at;
    const token = LITERAL.exec(this.json)![0];
    this.#at += token.length;
    const value: unknown = JSON.parse(token);
    if (typeof value !== "number" || String(value) === token) return value;
    return token.length > MAX_DIGITS ? token : new NumberText(token);
  }

  /** Returns the next character that is no white space. */
  #peek(): string | undefined {
    SPACE.lastIndex = this.#at;
    SPACE.test(this.json);
    this.#at = SPACE.lastIndex;
    return this.json[this.#at];
  }

  #skip(character: string): void {
    if (this.#peek() === character) this.#at++;
  }
}
