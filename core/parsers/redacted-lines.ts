import { isDeepStrictEqual } from "node:util";
import { parsedObject } from "../json/object";
import { REDACTED } from "../settings/redacted";
import { parsedInSlots } from "./field-shape";
import { type FieldTree, type FieldValue, isFieldTree, type MessageParser, type ParsedMessage } from "./parsed-message";
import { ParsedMessages } from "./remembered";

/** What a line may have had where something is redacted: the kinds of values that formats insist on, in nine forms without a common part. */
const STAND_INS: readonly { isText: boolean; form: (n: number) => string }[] = [
  { isText: true, form: (n) => "qwrtzpsdf"[n - 1]!.repeat(8) },
  { isText: false, form: (n) => String(1_111 * n) },
  {
    isText: false,
    form: (n) =>
      Array(4)
        .fill(11 * n)
        .join("."),
  },
  { isText: false, form: (n) => "########-####-4###-8###-############".replaceAll("#", String(n)) },
];
const FORMS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/**
 * Makes a parser know lines of its format of which a part is redacted, such as an access log without its client's address: they are
 * parsed with something else in its place, of each kind in turn. Texts have `[REDACTED]` where they had a part of it; fields of other
 * types, and those that are made of it in another way, are left out.
 */
export function parserOfRedacted(parse: MessageParser): MessageParser {
  // Redaction asks for it, then the conditions of rules, and then whoever writes the document.
  const known = new ParsedMessages();
  const parsed = (message: string) =>
    message.includes(REDACTED) ? known.of(message, (line) => parsedRedacted(line, parse)) : undefined;
  return Object.assign((message: string) => parsed(message) ?? parse(message), {
    inSlots: (message: string) => parsed(message) ?? parsedInSlots(parse, message),
  });
}

function parsedRedacted(message: string, parse: MessageParser): ParsedMessage | undefined {
  for (const { isText, form } of STAND_INS) {
    const [first, second] = FORMS.map(form).filter((text) => !message.includes(text));
    // A message that has nearly all of them is nobody's log line.
    if (first === undefined || second === undefined) continue;
    const a = parse(message.replaceAll(REDACTED, first));
    const b = a && parse(message.replaceAll(REDACTED, second));
    const parsed = a && b && common(new StandIns(isText, first, second), a, b);
    if (parsed) return parsed;
  }
  return undefined;
}

/** Two texts that stood for what is redacted. */
class StandIns {
  /** @param isText whether they are texts to any field */
  constructor(
    readonly isText: boolean,
    readonly first: string,
    readonly second: string,
  ) {}

  /** @returns what two texts are with `[REDACTED]`; undefined if they are not the same then */
  text(a: string, b: string): string | undefined {
    if (a === b) return a;
    const text = a.replaceAll(this.first, REDACTED);
    return text === b.replaceAll(this.second, REDACTED) ? text : undefined;
  }
}

/** Returns what a line is whatever is redacted in it; undefined: it may be another one. */
function common(standIns: StandIns, a: ParsedMessage, b: ParsedMessage): ParsedMessage | undefined {
  const parsed: ParsedMessage = { fields: commonFields(standIns, a.fields, b.fields) };
  for (const name of ["message", "json"] as const) {
    const [one, other] = [a[name], b[name]];
    if (one === undefined && other === undefined) continue;
    const text = one === undefined || other === undefined ? undefined : standIns.text(one, other);
    if (text === undefined) return undefined;
    parsed[name] = text;
  }
  if (parsed.json !== undefined && !parsedObject(parsed.json)) return undefined;
  if (a.renamed && b.renamed) {
    parsed.renamed = commonMembers(a.renamed, b.renamed, (one, other) => standIns.text(one, other));
  }
  if (a.isJson !== undefined && a.isJson === b.isJson) parsed.isJson = a.isJson;
  if (a.time !== undefined && a.time === b.time) parsed.time = a.time;
  return parsed;
}

const commonFields = (standIns: StandIns, a: FieldTree, b: FieldTree): FieldTree =>
  commonMembers(a, b, (one, other) => commonValue(standIns, one, other));

/** @param common returns what two values of a name have in common; undefined: nothing */
function commonMembers<T>(
  a: Readonly<Record<string, T>>,
  b: Readonly<Record<string, T>>,
  common: (one: T, other: T) => T | undefined,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(a).flatMap(([name, value]): [string, T][] => {
      const both = Object.hasOwn(b, name) ? common(value, b[name]!) : undefined;
      return both === undefined ? [] : [[name, both]];
    }),
  );
}

function commonValue(standIns: StandIns, a: FieldValue, b: FieldValue): FieldValue | undefined {
  if (isDeepStrictEqual(a, b)) return a;
  if (typeof a === "string" && typeof b === "string") {
    const text = standIns.text(a, b);
    // The field's type may be one of addresses.
    return text === REDACTED && !standIns.isText ? undefined : text;
  }
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
    return a.flatMap((item, i) => commonValue(standIns, item, b[i]!) ?? []);
  }
  if (!isFieldTree(a) || !isFieldTree(b)) return undefined;
  const fields = commonFields(standIns, a, b);
  return Object.keys(fields).length > 0 ? fields : undefined;
}
