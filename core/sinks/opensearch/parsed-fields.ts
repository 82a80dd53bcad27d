import { type FieldTree, type FieldValue, NumberText } from "../../parsers/parsed-message";
import { isDateLike } from "./date-like";
import { fieldText, jsonQuoted, mayBeDateOrNumber } from "./field-text";
import { reasonOfNumber, reasonOfText } from "./number-reason";

/**
 * Fields whose texts are dates, as ECS and AWS name them: parsers write nothing else there. Any other text that is only a date, such
 * as a user agent, must not make its field one of dates.
 */
const DATE_NAME = /^(start|end|created|not_(before|after)|(.+_)?(time|timestamp|date))$/;

/** Names that count as one level and few characters: `textReason` needs to see a document that has others. */
const SMALL_NAME = /^[\w-]{1,127}$/;

/** The same of levels, and of names and values of arrays. In so many levels all paths are far below their limit. */
const SMALL_LEVELS = 16;
const SMALL_STEPS = 2_000;

const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/;

interface WrittenName {
  /** In quotes, and with a colon. */
  readonly key: string;
  /** The same after a comma. */
  readonly nextKey: string;
  readonly isDate: boolean;
  readonly isSmall: boolean;
}

/** Most names are those of the parsers' tables. The limit is for names out of messages; long ones are not kept at all. */
const MAX_WRITTEN_NAMES = 4_096;
const writtenNames = new Map<string, WrittenName>();

function addWrittenName(name: string): WrittenName {
  const key = `${jsonQuoted(name)}:`;
  const written = { key, nextKey: `,${key}`, isDate: DATE_NAME.test(name), isSmall: SMALL_NAME.test(name) };
  if (written.isSmall && writtenNames.size < MAX_WRITTEN_NAMES) writtenNames.set(name, written);
  return written;
}

/** Writes the fields of a parser as members of JSON objects. */
export class FieldsWriter {
  #steps = 0;
  #isLarge = false;
  #reason: string | undefined;

  /** Why an engine must not get one of the texts that were written; undefined: it may. */
  get reason(): string | undefined {
    return this.#reason;
  }

  /** Whether the fields may be beyond a limit of documents: `textReason` then decides. */
  get isLarge(): boolean {
    return this.#isLarge || this.#steps > SMALL_STEPS;
  }

  /** @returns a text that may be any, in quotes: not one of those that are dates by their names */
  text(text: string): string {
    return this.#text(text, false);
  }

  /** @param level of the object that has the members. @returns the members, each after a comma */
  members(tree: FieldTree, level: number): string {
    const members = this.#members(tree, level);
    return members && `,${members}`;
  }

  /** @returns the member, after a comma */
  member(name: string, value: FieldValue, level: number): string {
    const written = writtenNames.get(name) ?? addWrittenName(name);
    return written.nextKey + this.#valueOf(written, value, level);
  }

  /** The members with commas between them: dropping one before the first would copy them all, once for each level. */
  #members(tree: FieldTree, level: number): string {
    let members = "";
    for (const name of Object.keys(tree)) {
      const written = writtenNames.get(name) ?? addWrittenName(name);
      members += (members === "" ? written.key : written.nextKey) + this.#valueOf(written, tree[name]!, level);
    }
    return members;
  }

  #valueOf({ isDate, isSmall }: WrittenName, value: FieldValue, level: number): string {
    this.#steps++;
    if (!isSmall) this.#isLarge = true;
    return this.#value(value, isDate, level);
  }

  #value(value: FieldValue, isDate: boolean, level: number): string {
    if (typeof value === "string") return this.#text(value, isDate);
    if (typeof value === "number" || typeof value === "boolean") return JSON.stringify(value);
    if (value instanceof NumberText) return this.#number(value.text);
    if (level >= SMALL_LEVELS) this.#isLarge = true;
    if (!Array.isArray(value)) return `{${this.#members(value as FieldTree, level + 1)}}`;
    this.#steps += value.length;
    return `[${value.map((item) => this.#value(item, isDate, level + 1)).join(",")}]`;
  }

  #number(text: string): string {
    if (!JSON_NUMBER.test(text)) throw new TypeError("a parser's number is none of JSON");
    this.#reason ??= reasonOfNumber(text);
    return text;
  }

  #text(text: string, isDate: boolean): string {
    if (!mayBeDateOrNumber(text)) return jsonQuoted(text);
    this.#reason ??= reasonOfText(text);
    return isDate && isDateLike(text) ? jsonQuoted(text) : fieldText(text);
  }
}
