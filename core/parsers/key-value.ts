import { REDACTED } from "../settings/redacted";
import { treeOf } from "./field-shape";
import { LayoutTable } from "./layout-table";
import type { DescribedParser } from "./line-description";
import { asAnyLevel } from "./log-level";
import { type MessageMember, NumberText, type ParsedMessage, type SlottedMessage } from "./parsed-message";

/** A pair is go-logfmt's: a name, `=`, and a text in quotes or one without spaces. A name without a value is an ordinary word. */
const NAME = /[\p{L}_@$][\p{L}\p{N}_.\-/#@:$[\]]{0,255}=/uy;
const PLAIN_VALUE = /(?:[^\s"=][^\s"]*)?/y;
const PAIR_END = /[ \t]+|[\r\n]*$/y;
const [QUOTE, BACKSLASH] = [0x22, 0x5c];

/** An index takes 1,000 fields by default. */
const MAX_PAIRS = 1_000;

/** A number of JSON, without an exponent (`12e5` is a hash) and with the digits that a double keeps. */
const NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/;
const MAX_DIGITS = 15;

/** By precedence. */
const LEVEL_NAMES = ["level", "lvl", "severity", "log.level"];
const MESSAGE_NAMES = ["message", "msg"];

const TABLE = new LayoutTable([[["log.level", asAnyLevel]]]);

type Pairs = ReadonlyMap<string, readonly string[]>;

/**
 * Parses a line of nothing but pairs, two at least: `level=info msg="a b" duration=1.2ms`, as logfmt and Heroku's router have them.
 * The pairs are a JSON message's members: numbers are numbers, all else is text; a name's values are an array if it has several.
 * A pair that was redacted is none.
 * A line begins with a letter, `_`, `@` or `$`, and has `=` behind its first word.
 */
export const parseKeyValue: DescribedParser = Object.assign(
  (message: string): ParsedMessage | undefined => {
    const pairs = pairsOf(message);
    if (pairs === undefined) return undefined;
    const { values, text, others } = partsOf(pairs);
    const rest = { fields: treeOf(TABLE.shape, values), json: objectOf(others), isJson: false };
    if (text === undefined) return rest;
    const [name, value] = text;
    return { ...rest, message: value, ...(name !== "message" && { renamed: { [name]: value } }) };
  },
  {
    inSlots: (message: string): SlottedMessage | undefined => {
      const pairs = pairsOf(message);
      if (pairs === undefined) return undefined;
      const { values, text, others } = partsOf(pairs);
      const rest = { shape: TABLE.shape, values, members: membersOf(others), isJson: false };
      return text === undefined ? rest : { ...rest, message: text[1] };
    },
    pairs: { table: TABLE, field: LEVEL_NAMES, message: MESSAGE_NAMES },
  },
);

/** @returns the fields that pairs have, the pair that is the message, and all others */
function partsOf(pairs: Map<string, readonly string[]>) {
  const values = TABLE.valuesOf([firstOf(pairs, LEVEL_NAMES)?.[1]]);
  const text = firstOf(pairs, MESSAGE_NAMES);
  if (text !== undefined) pairs.delete(text[0]);
  return { values, text, others: pairs as Pairs };
}

/** Returns the first of some names whose value is one text, with it. */
function firstOf(pairs: Pairs, names: readonly string[]) {
  for (const name of names) {
    const values = pairs.get(name);
    if (values?.length === 1 && values[0] !== "") return [name, values[0]!] as const;
  }
  return undefined;
}

function pairsOf(text: string): Map<string, string[]> | undefined {
  const pairs = new Map<string, string[]>();
  let count = 0;
  for (let at = 0; at < text.length; count++) {
    if (text.startsWith(REDACTED, at)) {
      const next = endOf(PAIR_END, text, at + REDACTED.length);
      if (next === undefined) return undefined;
      at = next;
      continue;
    }
    const nameEnd = endOf(NAME, text, at);
    const valueEnd = nameEnd && endOfValue(text, nameEnd);
    const end = valueEnd && endOf(PAIR_END, text, valueEnd);
    if (end === undefined || count === MAX_PAIRS) return undefined;
    const name = text.slice(at, nameEnd! - 1);
    const value = text.slice(nameEnd, valueEnd);
    const values = pairs.get(name);
    if (values) values.push(unquoted(value));
    else pairs.set(name, [unquoted(value)]);
    at = end;
  }
  return count < 2 || pairs.size === 0 ? undefined : pairs;
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function endOfValue(text: string, start: number): number | undefined {
  if (text.charCodeAt(start) !== QUOTE) return endOf(PLAIN_VALUE, text, start);
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) return i + 1;
    if (code === BACKSLASH) i++;
  }
  return undefined;
}

/** Takes quotes away and resolves the escapes of JSON; a text that has others, such as Go's `\x1b`, stays as it is written. */
function unquoted(value: string): string {
  if (!value.startsWith('"')) return value;
  const text = value.slice(1, -1);
  if (!text.includes("\\")) return text;
  try {
    return JSON.parse(value);
  } catch {
    return text;
  }
}

function membersOf(pairs: Pairs): MessageMember[] {
  const members: MessageMember[] = [];
  for (const [name, values] of pairs) {
    members.push([name, values.length === 1 ? memberValue(values[0]!) : values.map(memberValue)]);
  }
  return members;
}

const memberValue = (value: string) => (isNumber(value) ? new NumberText(value) : value);

function objectOf(pairs: Pairs): string {
  const members = [...pairs].map(([name, values]) => {
    const json = values.map(jsonOf);
    return `${JSON.stringify(name)}:${json.length === 1 ? json[0] : `[${json}]`}`;
  });
  return `{${members}}`;
}

const jsonOf = (value: string) => (isNumber(value) ? value : JSON.stringify(value));

const isNumber = (value: string) => NUMBER.test(value) && value.replace(/[-.]/g, "").length <= MAX_DIGITS;
