import { isObject, parsedObject } from "../../core/json/object";
import { indexedText } from "./reference-document";

type Members = Readonly<Record<string, unknown>>;

/** What an event's document has to say: the members of its JSON object, or its text. */
export const contentOfMessage = (message: string): unknown => parsedObject(message) ?? indexedText(message);

/**
 * The same as the document says it, wherever docs/documents.md puts it: of members those that `message` has too. An object
 * that was indexed as text counts as its members, if the text is unchanged.
 */
export function contentOfDocument(source: Members, message: string): unknown {
  const members = parsedObject(message);
  if (!members) return source.message;
  if (rejectionIn(source) !== undefined) return source.message === message ? members : source.message;
  const { json, ...root } = source;
  const isLog = !Object.hasOwn(members, "message") && typeof members.log === "string";
  const placed: Members = { ...root, ...(isLog && { log: root.message }), ...(isObject(json) && json) };
  return Object.fromEntries(Object.entries(placed).filter(([key]) => Object.hasOwn(members, key)));
}

/** Why the index rejected the document with its fields. */
const rejectionIn = ({ aws }: Members): unknown =>
  (aws as { cloudwatch: { rejection?: unknown } }).cloudwatch.rejection;
