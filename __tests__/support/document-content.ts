import { isObject, parsedObject } from "../../core/json/object";
import { indexedText } from "./reference-document";

type Members = Readonly<Record<string, unknown>>;

/** What an event's document has to say: the members of its JSON object, or its text. */
export const contentOfMessage = (message: string): unknown => parsedObject(message) ?? indexedText(message);

/**
 * The same as the document says it, wherever docs/documents.md puts it: of members those that `message` has too. An object
 * that was indexed as text counts as its members, if the text is unchanged; a text that a parser took apart as the text, if all of
 * it is in `message` and other fields; an object of an AWS service as its members, if all of their values are in fields.
 */
export function contentOfDocument(source: Members, message: string): unknown {
  const members = parsedObject(message);
  if (members && isOfAws(source)) return hasAllLeavesOf(members, source) ? members : source;
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

/** Whether a parser wrote the document from a format of AWS, under the names of ECS. */
const isOfAws = ({ event }: Members): boolean => {
  const { dataset } = (event ?? {}) as { dataset?: unknown };
  return typeof dataset === "string" && dataset.startsWith("aws.");
};

/** What AWS writes for a value that is not there. */
const ABSENT = ["null", "", "-"];

/**
 * Whether each value in an object is in the document, in whatever field: times as ISO 8601 in milliseconds, versions without the
 * protocol's name, names of DNS without the dot at their end.
 */
function hasAllLeavesOf(members: Members, source: Members): boolean {
  const texts = JSON.stringify(source).toLowerCase();
  return leavesOf(members).every((leaf) => {
    if (ABSENT.includes(leaf)) return true;
    const time = /^\d{13}$/.test(leaf) ? new Date(Number(leaf)).toISOString() : leaf.replace(/(:\d\d)Z$/, "$1.000Z");
    const ofSuricata = leaf.replace(/(:\d\d\.\d{3})\d*\+0000$/, "$1Z");
    const forms = [leaf, time, ofSuricata, leaf.replace(/^(HTTP\/|TLSv)/, ""), leaf.replace(/(\w)\.$/, "$1")];
    return forms.some((text) => texts.includes(JSON.stringify(text.toLowerCase()).slice(1, -1)));
  });
}

const leavesOf = (value: unknown): readonly string[] =>
  typeof value === "object" && value !== null ? Object.values(value).flatMap(leavesOf) : [String(value)];
