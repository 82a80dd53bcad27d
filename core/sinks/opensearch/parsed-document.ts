import { parsedObject } from "../../json/object";
import type { ParsedOptions, StreamParsing } from "../../parsers/message-parsing";
import { type FieldTree, type FieldValue, isFieldTree, type ParsedMessage } from "../../parsers/parsed-message";
import { documentOf, jsonLine, placedMembers, type RecordFields, textDocumentOf } from "./document";
import { fieldText } from "./field-text";
import { FieldsWriter } from "./parsed-fields";
import { textReason } from "./text-reason";
import { withUserFields } from "./user-fields";

/** What a parser's fields add to a document. */
export interface ParsedParts {
  /** Further members of `cloud`, each after a comma. */
  readonly inCloud: string;
  /** Further members of `aws`, and all after that: the document's end. */
  readonly end: string;
  /** Why the message has to be indexed as text instead. */
  readonly rejection: string | undefined;
}

/**
 * Returns the search document of one event, as one line of JSON: from the fields of its log stream's parser, or as `documentOf`
 * writes it. docs/documents.md has the rules.
 *
 * @param time `@timestamp`, ISO 8601
 */
export function messageDocumentOf(
  message: string,
  time: string,
  own: RecordFields,
  parsing: StreamParsing | undefined,
): string {
  const parts = parsing && parsedParts(message, parsing);
  return parts ? parsedDocumentOf(parts, message, time, own) : documentOf(message, time, own);
}

/** Returns the document of these parts of a message. */
export function parsedDocumentOf(
  { inCloud, end, rejection }: ParsedParts,
  message: string,
  time: string,
  own: RecordFields,
): string {
  if (rejection !== undefined) return textDocumentOf(message, time, own, rejection);
  const { cloud, all } = own;
  const cloudwatch = all.slice(cloud.length, -1);
  return `{"@timestamp":"${time}",${cloud.slice(0, -1)}${inCloud}}${cloudwatch}${end}`;
}

/**
 * Parses a message, and writes what it adds to a document.
 *
 * @param quoted the message as `fieldText` writes it, where that is known
 * @returns undefined: it stays as it is, because its parser does not know it, or has a bug and throws
 */
export function parsedParts(message: string, parsing: StreamParsing, quoted?: string): ParsedParts | undefined {
  const { parse, counts } = parsing;
  try {
    const parsed = parse(message);
    if (!parsed) return undefined;
    const parts = partsOf(parsed, message, parsing, quoted);
    if (!parsed.isUnknown) counts.parsed++;
    return parts;
  } catch {
    counts.failed++;
    return undefined;
  }
}

/** @throws Error if `parsed` is not what a parser may return */
function partsOf(parsed: ParsedMessage, message: string, given: ParsedOptions, quoted?: string): ParsedParts {
  const { fields, json, userFields } = parsed;
  const options = parsed.isUnknown ? { ...given, eventOriginal: false } : given;
  const writer = new FieldsWriter();
  let [inCloud, inAws, inEvent, roots] = ["", "", options.eventOriginal ? original(message) : "", ""];
  for (const name of Object.keys(fields)) {
    const value = fields[name]!;
    if (name === "aws") inAws = writer.members(treeWithout("cloudwatch", value), 2);
    else if (name === "cloud") inCloud = writer.members(treeWithout("account", treeWithout("region", value)), 2);
    else if (name === "event") inEvent = writer.members(treeWithout("original", value), 2) + inEvent;
    else roots += writer.member(name, value, 1);
  }
  if (inEvent !== "") roots = `,"event":{${inEvent.slice(1)}}${roots}`;
  const text = messageTextOf(parsed, message, options);
  const members = json === undefined ? "" : membersOfJson(json, rootsOf(parsed, text, options));
  if (text !== undefined) roots = `,"message":${(text === message && quoted) || fieldText(text)}${roots}`;
  if (members !== "") roots += `,${members}`;
  if (userFields) roots = withUserFields(roots, userFields, (value) => writer.text(value));
  const end = `${inAws}}${roots}}`;
  const isChecked = writer.isLarge || json !== undefined;
  const head = `{"cloud":{"region":""${inCloud}},"aws":{"cloudwatch":{}`;
  return { inCloud, end, rejection: writer.reason ?? (isChecked ? textReason(head + end) : undefined) };
}

/** An object without the member that the pipeline writes itself. */
function treeWithout(name: string, tree: FieldValue): FieldTree {
  if (!isFieldTree(tree)) throw new TypeError("a parser's field is none where the pipeline has an object");
  if (!(name in tree)) return tree;
  return Object.fromEntries(Object.entries(tree).filter(([other]) => other !== name));
}

const original = (message: string) => `,"original":${fieldText(message)}`;

/** @returns undefined: the document has no `message` of the parser's or the whole message's */
function messageTextOf({ message: rest, json }: ParsedMessage, message: string, { keepMessage }: ParsedOptions) {
  if (rest !== undefined) return rest;
  return !keepMessage || json !== undefined || parsedObject(message) ? undefined : message;
}

/** The root fields of a document beside which a JSON object's members have to be. */
function rootsOf({ fields }: ParsedMessage, text: string | undefined, { eventOriginal }: ParsedOptions): Set<string> {
  const roots = new Set(Object.keys(fields));
  if (eventOriginal) roots.add("event");
  if (text !== undefined) roots.add("message");
  return roots;
}

/** Returns an object's members, placed as those of a JSON message, or below `json` where a root field is taken. */
function membersOfJson(text: string, roots: ReadonlySet<string>): string {
  const object = parsedObject(text);
  if (!object) throw new TypeError("a parser's JSON is no object");
  return placedMembers(jsonLine(text), object, roots);
}
