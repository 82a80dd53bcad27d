import { type FieldPath, fieldPath, putField } from "./field-path";
import { asInteger, asText, type FieldReader } from "./field-values";
import { isoText, readIsoTime } from "./line-times";
import type { FieldTree, MessageParser } from "./parsed-message";

/**
 * A time, a thread, a level, and since 8.0 a code and a subsystem:
 * `2026-01-01T00:00:00.123456Z 12 [Note] [MY-010931] [Server] …`, MariaDB's `2026-01-01  0:00:00 12 [Note] …`, or of 5.5 and
 * before `260101  0:00:00 [Note] …`. One of thread and level is in every line.
 */
const LINE =
  /^(?:(\d{4}-\d\d-\d\d)|(\d{6}))(?:T|[ \t]{1,16})(\d{1,2}:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)?[ \t]{1,16}(?:(\d{1,20})[ \t]{1,16})?(?:\[(\w{1,32})\] ?)?(?:\[(MY-\d{6})\] \[([\w-]{1,64})\] )?/;

const own = (name: string): FieldPath => ["mysql", name];
const asLevel: FieldReader = (text) => text.toLowerCase();

/** The fields of the last groups, in their order. Names as in Elastic's integration `mysql`. */
const FIELDS: readonly (readonly [group: number, path: FieldPath, read: FieldReader])[] = [
  [6, own("thread_id"), asInteger],
  [7, fieldPath("log.level"), asLevel],
  [8, fieldPath("event.code"), asText],
  [9, fieldPath("event.provider"), asText],
];

/** Error logs of MySQL, MariaDB and Aurora MySQL. */
export const parseMysqlError: MessageParser = (message) => {
  const match = LINE.exec(message.slice(0, MAX_PREFIX));
  if (match === null || (match[6] === undefined && match[7] === undefined)) return undefined;
  const fields: FieldTree = { event: { dataset: "mysql.error" } };
  for (const [group, path, read] of FIELDS) {
    if (match[group] !== undefined) putField(fields, path, read(match[group]));
  }
  const [, day, shortDay, clock, fraction = "0", zone = "Z"] = match;
  const time = readIsoTime(`${day ?? longDay(shortDay!)}T${clock!.padStart(8, "0")}.${fraction}${zone}`);
  if (time !== undefined) putField(fields, fieldPath("event.start"), isoText(time));
  // The code stays in the text, as it does with Elastic.
  const text = message.slice(match[8] === undefined ? match[0].length : message.indexOf(`[${match[8]}]`));
  return time === undefined ? { fields, message: text } : { fields, message: text, time };
};

/** Longer than any prefix. */
const MAX_PREFIX = 512;

const longDay = (day: string): string => `20${day.slice(0, 2)}-${day.slice(2, 4)}-${day.slice(4)}`;
