import { isObject, parsedObject } from "../../core/json/object";
import { indexedText } from "./reference-document";

type Members = Readonly<Record<string, unknown>>;

/** What an event's document has to say: the members of its JSON object, or its text. */
export const contentOfMessage = (message: string): unknown => parsedObject(message) ?? indexedText(message);

/**
 * The same as the document says it, wherever docs/documents.md puts it: of members those that `message` has too. An object
 * that was indexed as text counts as its members, if the text is unchanged; a text that a parser took apart as the text, if all of
 * it is in `message` and other fields.
 */
export function contentOfDocument(source: Members, message: string): unknown {
  const members = parsedObject(message);
  if (!members) return hasAllOf(indexedText(message), source) ? indexedText(message) : source.message;
  if (rejectionIn(source) !== undefined) return source.message === message ? members : source.message;
  const { json, ...root } = source;
  const isLog = !Object.hasOwn(members, "message") && typeof members.log === "string";
  const placed: Members = { ...root, ...(isLog && { log: root.message }), ...(isObject(json) && json) };
  return Object.fromEntries(Object.entries(placed).filter(([key]) => Object.hasOwn(members, key)));
}

/** Why the index rejected the document with its fields. */
const rejectionIn = ({ aws }: Members): unknown =>
  (aws as { cloudwatch: { rejection?: unknown } }).cloudwatch.rejection;

/** What separates the words of a logger's prefix, and a time in it, for which the document has the event's own. */
const BETWEEN_WORDS = /\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?Z?|[^\p{L}\p{N}]+/u;

/** Whether `message` is a text, or ends it, and other fields have each word before that. */
function hasAllOf(text: string, source: Members): boolean {
  const { message, ...others } = source;
  if (typeof message !== "string" || !text.trimEnd().endsWith(message.trimEnd())) return false;
  const prefix = text.slice(0, text.trimEnd().length - message.trimEnd().length);
  const texts = leavesOf(others).join("\n").toLowerCase();
  return prefix.split(BETWEEN_WORDS).every((word) => texts.includes(word.toLowerCase()));
}

const leavesOf = (value: unknown): readonly string[] =>
  typeof value === "object" && value !== null ? Object.values(value).flatMap(leavesOf) : [String(value)];
