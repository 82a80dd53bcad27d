import { parsedObject } from "../../json/object";
import { parsedInSlots, treeOf } from "../../parsers/field-shape";
import type { ParsedOptions, StreamParsing } from "../../parsers/message-parsing";
import type { FieldShape, ParsedMessage, SlottedMessage } from "../../parsers/parsed-message";
import { documentOf, jsonLine, placedMembers, type RecordFields, textDocumentOf } from "./document";
import { fieldText, verbatimFieldText } from "./field-text";
import { withNestedLabels } from "./nested-labels";
import { reasonOfText } from "./number-reason";
import { FieldsWriter } from "./parsed-fields";
import { rootsOfSlots, rootsOfTree } from "./parsed-roots";
import { placedMessageMembers } from "./placed-message-members";
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
  /** Of a message in slots. */
  readonly shape: FieldShape | undefined;
  /** See `ParsedMessage`. */
  readonly object?: object | undefined;
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
  const parts = parsing && parsedParts(message, parsing, undefined, own.event);
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

/** A message as a JSON string. */
export interface QuotedMessage {
  readonly json: string;
  /** Whether `fieldText` writes the same. */
  readonly isOwn: boolean;
}

/**
 * Parses a message, and writes what it adds to a document.
 *
 * @param known what is known of the message. @default it is looked at
 * @param ownEvent see `RecordFields`
 * @returns undefined: it stays as it is, because its parser does not know it, or has a bug and throws
 */
export function parsedParts(
  message: string,
  parsing: StreamParsing,
  known?: QuotedMessage,
  ownEvent?: string,
): ParsedParts | undefined {
  const parsed = parsedOnce(message, parsing);
  return parsed && writtenParts(parsed, message, parsing, known, ownEvent);
}

/** Parses a message. @returns undefined: its parser does not know it, or has a bug and throws */
export function parsedOnce(
  message: string,
  { parse, counts }: StreamParsing,
): SlottedMessage | ParsedMessage | undefined {
  try {
    return parsedInSlots(parse, message);
  } catch {
    counts.failed++;
    return undefined;
  }
}

/** Writes what a parsed message adds to a document: see `parsedParts`. */
export function writtenParts(
  parsed: SlottedMessage | ParsedMessage,
  message: string,
  parsing: StreamParsing,
  known?: QuotedMessage,
  ownEvent?: string,
): ParsedParts | undefined {
  const { counts } = parsing;
  const isUnknown = !("shape" in parsed) && parsed.isUnknown;
  if (isUnknown && !parsed.userFields) return undefined;
  try {
    const parts = partsOf(parsed, message, parsing, known, ownEvent);
    if (!isUnknown) counts.parsed++;
    return parts;
  } catch {
    counts.failed++;
    return undefined;
  }
}

/** What JSON escapes but quotes: see `jsonQuoted`. */
const ESCAPED = /\\|[^ -\ud7ff\ue000-\uffff]/;

/** Whether quotes alone are escaped in the JSON string of a message. */
function escapesQuotesAlone(message: string, known?: QuotedMessage): boolean {
  if (known === undefined) return !ESCAPED.test(message);
  let escapes = known.json.length - 2 - message.length;
  if (escapes === 0) return true;
  for (let at = message.indexOf('"'); at >= 0; at = message.indexOf('"', at + 1)) escapes--;
  // Each escape of another character has one character more than it, too.
  return escapes === 0;
}

/** @throws Error if `parsed` is not what a parser may return */
function partsOf(
  parsed: SlottedMessage | ParsedMessage,
  message: string,
  given: ParsedOptions,
  known?: QuotedMessage,
  ownEvent = "",
): ParsedParts {
  const tree = "shape" in parsed ? undefined : parsed;
  const options = tree?.isUnknown ? { ...given, eventOriginal: false } : given;
  const isVerbatim = "shape" in parsed && escapesQuotesAlone(message, known);
  const writer = new FieldsWriter(isVerbatim);
  const parts = "shape" in parsed ? rootsOfSlots(parsed, writer) : rootsOfTree(parsed.fields, writer);
  const text = messageTextOf(parsed, message, options);
  const event = ownEvent !== "" && parts.event !== "" ? `${ownEvent},${parts.event}` : ownEvent + parts.event;
  let roots = eventMember(event, message, options) + parts.others;
  if (text !== undefined) {
    roots = `,"message":${messageJson(text, message, isVerbatim, known)}${roots}`;
  }
  const taken = () => rootsOf(parsed, text, event !== "" || options.eventOriginal);
  if (parsed.json !== undefined) roots += membersOfJson(parsed.json, taken());
  if (parsed.members) roots += placedMessageMembers(parsed.members, taken(), writer);
  if (tree?.userFields) roots = withUserFields(roots, tree.userFields, (value) => writer.text(value));
  const inCloud = parts.cloud && `,${parts.cloud}`;
  const end = `${parts.aws && `,${parts.aws}`}}${roots}}`;
  const isChecked = writer.isLarge || parsed.json !== undefined;
  const checked = isChecked ? `{"cloud":{"region":""${inCloud}},"aws":{"cloudwatch":{}${end}` : undefined;
  // As of a message's JSON, whose texts are all looked at.
  const ofMessage = parsed.members && text !== undefined ? reasonOfText(text) : undefined;
  const shape = "shape" in parsed ? parsed.shape : undefined;
  return {
    inCloud,
    end,
    rejection: writer.reason ?? ofMessage ?? (checked && textReason(checked)),
    shape,
    object: tree?.object,
  };
}

/** @param text the document's, which may be the whole message. @param isVerbatim whether quotes alone are to be escaped in that */
function messageJson(text: string, message: string, isVerbatim: boolean, known?: QuotedMessage): string {
  if (text !== message) return fieldText(text);
  if (known?.isOwn) return known.json;
  return isVerbatim ? verbatimFieldText(text) : fieldText(text);
}

/** @param own what the pipeline and the parser have of it. @returns the member of a document, after a comma; "" if it has none */
function eventMember(own: string, message: string, { eventOriginal }: ParsedOptions): string {
  const original = eventOriginal ? `"original":${fieldText(message)}` : "";
  if (own === "" && original === "") return "";
  return `,"event":{${own}${own !== "" && original !== "" ? "," : ""}${original}}`;
}

/** @returns undefined: the document has no `message` of the parser's or the whole message's */
function messageTextOf(
  { message: rest, json, isJson }: Pick<ParsedMessage, "message" | "json" | "isJson">,
  message: string,
  { keepMessage }: ParsedOptions,
): string | undefined {
  if (rest !== undefined) return rest;
  const hasJson = isJson ?? (json !== undefined || parsedObject(message) !== undefined);
  return keepMessage && !hasJson ? message : undefined;
}

/** The root fields of a document beside which a JSON object's members have to be. */
function rootsOf(parsed: SlottedMessage | ParsedMessage, text: string | undefined, hasEvent: boolean): Set<string> {
  const roots = new Set(Object.keys("shape" in parsed ? treeOf(parsed.shape, parsed.values) : parsed.fields));
  if (hasEvent) roots.add("event");
  if (text !== undefined) roots.add("message");
  return roots;
}

/** Returns an object's members, placed as those of a JSON message, or below `json` where a root field is taken, after a comma. */
function membersOfJson(text: string, roots: ReadonlySet<string>): string {
  const nested = withNestedLabels(text);
  const object = parsedObject(nested);
  if (!object) throw new TypeError("a parser's JSON is no object");
  const members = placedMembers(jsonLine(nested), object, roots);
  return members && `,${members}`;
}
