import {
  type FieldTree,
  type FieldValue,
  type MessageMember,
  NumberText,
  type SlotValues,
} from "../../parsers/parsed-message";
import { isDateLike } from "./date-like";
import { fieldText, jsonQuoted, mayBeDateOrNumber } from "./field-text";
import { reasonOfNumber, reasonOfText } from "./number-reason";
import type { PlannedMember } from "./slot-plan";
import { type WrittenName, writtenName } from "./written-names";

/** In so many levels all paths are far below their limit, and names and values of arrays below so many. */
const SMALL_LEVELS = 16;
const SMALL_STEPS = 2_000;

const [ZERO, NINE] = [0x30, 0x39];
const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/;

/** Writes the fields of a parser as members of JSON objects. */
export class FieldsWriter {
  readonly #isVerbatim: boolean;
  #steps = 0;
  #isLarge = false;
  #reason: string | undefined;

  /** @param isVerbatim whether the message has no character that JSON escapes but quotes */
  constructor(isVerbatim: boolean) {
    this.#isVerbatim = isVerbatim;
  }

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

  /** @param level of the object that has the members. @returns the members, with commas between them */
  members(tree: FieldTree, level: number): string {
    let members = "";
    for (const name of Object.keys(tree)) {
      const written = writtenName(name);
      members += (members === "" ? written.key : written.nextKey) + this.#valueOf(written, tree[name]!, level);
    }
    return members;
  }

  /** @returns the member, after a comma */
  member(name: string, value: FieldValue, level: number): string {
    const written = writtenName(name);
    return written.nextKey + this.#valueOf(written, value, level);
  }

  /** As `member`, of a member of the message: texts stay as they are, dates or not. */
  messageMember([name, value]: MessageMember): string {
    const { key, isSmall } = writtenName(name);
    this.#steps++;
    if (!isSmall) this.#isLarge = true;
    if (!Array.isArray(value)) return key + this.#messageValue(value as string | NumberText);
    this.#steps += value.length;
    return `${key}[${value.map((item) => this.#messageValue(item)).join(",")}]`;
  }

  #messageValue(value: string | NumberText): string {
    if (typeof value !== "string") return this.#number(value.text);
    // Half a character stays an escape, as in the JSON of a message.
    return value.isWellFormed() ? this.#text(value, true) : JSON.stringify(value);
  }

  /** As `members`, of a message in slots: those that it has. */
  slotMembers(members: readonly PlannedMember[], values: Readonly<SlotValues>, level: number): string {
    let text = "";
    for (const member of members) {
      const { slot } = member;
      if (slot < 0) {
        const inner = this.slotMembers(member.members, values, level + 1);
        if (inner !== "") text += `${text === "" ? member.key : member.nextKey}${inner}}`;
        continue;
      }
      const value = values[slot];
      if (value === undefined) continue;
      if (typeof value === "string" && this.#isAsWritten(value, member)) {
        text += `${text === "" ? member.textKey : member.nextTextKey}${value}"`;
      } else {
        text += (text === "" ? member.key : member.nextKey) + this.#value(value, member.isDate, level);
      }
    }
    return text;
  }

  /** Whether a text is the same in JSON but for its quotes, and nothing else has to be looked at. */
  #isAsWritten(value: string, { isDate, isDecoded }: PlannedMember): boolean {
    if (!this.#isVerbatim || isDecoded || value.includes('"')) return false;
    if (!mayBeDateOrNumber(value)) return true;
    this.#reason ??= reasonOfText(value);
    return isDate || !isDateLike(value);
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
    if (!Array.isArray(value)) return `{${this.members(value as FieldTree, level + 1)}}`;
    this.#steps += value.length;
    return `[${value.map((item) => this.#value(item, isDate, level + 1)).join(",")}]`;
  }

  #number(text: string): string {
    if (!isSmallInteger(text) && !JSON_NUMBER.test(text)) throw new TypeError("a parser's number is none of JSON");
    this.#reason ??= reasonOfNumber(text);
    return text;
  }

  #text(text: string, isDate: boolean): string {
    if (!mayBeDateOrNumber(text)) return jsonQuoted(text);
    this.#reason ??= reasonOfText(text);
    // A date's field has dates alone.
    return isDate ? jsonQuoted(text) : fieldText(text);
  }
}

/** Most numbers are: to compare their digits takes a part of the time of a regular expression. */
function isSmallInteger(text: string): boolean {
  if (text.length > 9 || text.length === 0) return false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > NINE || code < ZERO) return false;
  }
  return text.length === 1 || text.charCodeAt(0) !== ZERO;
}
