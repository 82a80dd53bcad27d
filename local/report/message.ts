import { isObject, parsedObject } from "../../core/json/object";
import { fieldOf } from "../../core/sinks/opensearch/document";
import { textReason } from "../../core/sinks/opensearch/text-reason";
import { oneLine } from "../../tools/text/one-line";

/** Names of JSON members that describe the event, most informative first; case, `_`, `-` and `.` are ignored. */
const INFORMATIVE = [
  ...["message", "msg", "text", "error", "err", "exception", "errorcode", "reason"],
  ...["eventname", "action", "event", "operation", "level", "severity", "status", "eventsource", "method", "path"],
  ...["url", "uri", "httprequest", "request", "type", "name"],
];

/** Names of members that identify an event, but do not describe it. */
const IDENTIFIER = /version|time|date|ts$|id$/i;

/** Maximum number of members that represent a JSON line. */
const MAX_FIELDS = 3;

/**
 * Summarizes a log event on one line: the message of a JSON object, or else its members, most informative first; for anything else
 * the text.
 */
export function summaryOf(message: string): string {
  const object = objectOf(message);
  const members = object ? informativeMembers(object) : [];
  if (!object || members.length === 0) return oneLine(message);
  const text = messageIn(object);
  if (text !== undefined) return oneLine(text);
  return oneLine(members.map(([name, value]) => `${name}=${valueText(value)}`).join(" "));
}

/** Returns the document fields that describe the event, as in docs/documents.md: `message`, or informative scalar members. */
export function informativeFields(message: string): string[] {
  const object = objectOf(message);
  if (!object || messageIn(object) !== undefined) return ["message"];
  return informativeMembers(object)
    .filter(([, value]) => typeof value !== "object")
    .slice(0, MAX_FIELDS)
    .map(([name]) => fieldOf(name, object));
}

/** Returns the texts of a log event: the values of a JSON object, strings before numbers; for anything else the text. */
export function textsOf(message: string): string[] {
  const object = objectOf(message);
  if (!object) return [message];
  const values = informativeMembers(object).flatMap(([, value]) => leaves(value));
  return [...values.filter(isText), ...values.filter((value) => typeof value === "number").map(String)];
}

function objectOf(message: string): Record<string, unknown> | undefined {
  const object = parsedObject(message);
  // The forwarder indexes some objects as text at once.
  return object && textReason(message) === undefined ? object : undefined;
}

/** The text of the member that becomes the document's `message`, unless it is empty. */
function messageIn(object: Readonly<Record<string, unknown>>): string | undefined {
  const name = ["message", "log"].find((one) => fieldOf(one, object) === "message");
  const text = name && object[name];
  return isText(text) ? text : undefined;
}

/** Non-empty members: by {@link INFORMATIVE}, then other scalars, then identifiers, then objects and arrays. */
function informativeMembers(object: Record<string, unknown>): [name: string, value: unknown][] {
  const rank = ([name, value]: [string, unknown]) => {
    const place = INFORMATIVE.indexOf(name.toLowerCase().replace(/[-_.]/g, ""));
    if (place >= 0) return place;
    return INFORMATIVE.length + (typeof value === "object" ? 2 : IDENTIFIER.test(name) ? 1 : 0);
  };
  return Object.entries(object)
    .filter(([, value]) => leaves(value).length > 0)
    .sort((a, b) => rank(a) - rank(b));
}

/** All non-empty scalars inside a value. */
function leaves(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(leaves);
  if (isObject(value)) return Object.values(value).flatMap(leaves);
  return value === null || value === "" ? [] : [value];
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function valueText(value: unknown): string {
  return isText(value) && !/["\s=]/.test(value) ? value : JSON.stringify(value);
}
