import { isDeeperThan } from "../../core/json/depth";
import { isObject, parsedObject } from "../../core/json/object";
import { ROOT_NAMES } from "../../core/sinks/opensearch/document";
import { oneLine } from "../../tools/text/one-line";

/** Names of JSON members that say what happened, the most telling first; upper case, `_`, `-` and `.` do not matter. */
const TELLING = [
  ...["message", "msg", "text", "error", "err", "exception", "errorcode", "reason"],
  ...["eventname", "action", "event", "operation", "level", "severity", "status", "eventsource", "method", "path"],
  ...["url", "uri", "httprequest", "request", "type", "name"],
];

/** Names of members that tell an event apart, but not what happened. */
const MARK = /version|time|date|ts$|id$/i;

/** The forwarder sends deeper ones as text. */
const MAX_DEPTH = 100;

/** How many of a JSON line's members stand for it. */
const MAX_FIELDS = 3;

/**
 * What a log event says, on one line: of a JSON object its `message`, or else its members, the most telling first; of
 * anything else the text.
 */
export function summaryOf(message: string): string {
  const object = objectOf(message);
  const members = object ? tellingMembers(object) : [];
  if (!object || members.length === 0) return oneLine(message);
  if (isText(object.message)) return oneLine(object.message);
  return oneLine(members.map(([name, value]) => `${name}=${valueText(value)}`).join(" "));
}

/** The document fields that say what happened, as docs/documents.md places them: `message`, or plain telling members. */
export function tellingFields(message: string): string[] {
  const object = objectOf(message);
  if (!object || isText(object.message)) return ["message"];
  return tellingMembers(object)
    .filter(([, value]) => typeof value !== "object")
    .slice(0, MAX_FIELDS)
    .map(([name]) => (ROOT_NAMES.includes(name.split(".", 1)[0]!) ? `json.${name}` : name));
}

/** A log event's texts: of a JSON object the values in it, strings before numbers; of anything else the text. */
export function textsOf(message: string): string[] {
  const object = objectOf(message);
  if (!object) return [message];
  const values = tellingMembers(object).flatMap(([, value]) => leaves(value));
  return [...values.filter(isText), ...values.filter((value) => typeof value === "number").map(String)];
}

function objectOf(message: string): Record<string, unknown> | undefined {
  const object = parsedObject(message);
  return object && !isDeeperThan(MAX_DEPTH, message) ? object : undefined;
}

/** The members that are not empty: by {@link TELLING}, then other plain values, then marks, then what holds others. */
function tellingMembers(object: Record<string, unknown>): [name: string, value: unknown][] {
  const rank = ([name, value]: [string, unknown]) => {
    const telling = TELLING.indexOf(name.toLowerCase().replace(/[-_.]/g, ""));
    if (telling >= 0) return telling;
    return TELLING.length + (typeof value === "object" ? 2 : MARK.test(name) ? 1 : 0);
  };
  return Object.entries(object)
    .filter(([, value]) => leaves(value).length > 0)
    .sort((a, b) => rank(a) - rank(b));
}

/** The values within, without what is empty. */
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
