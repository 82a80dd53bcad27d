import type { FieldPlace } from "./field-put";
import { slottedParser } from "./field-shape";
import { asInteger, asLowerCase, asText } from "./field-values";
import { withoutLastBreak } from "./layout";
import { type LayoutPart, type LayoutTexts, matchLayout } from "./layout-part";
import { LayoutTable } from "./layout-table";
import { isoText, readIsoTime } from "./line-times";
import { SpanOp } from "./span-ops";
import { withStep } from "./span-step";

/** The code and the subsystem stay in the text, as they do with Elastic. */
const CODE: LayoutPart = {
  pattern: /(?:(?=\[(MY-\d{6})\] \[([\w-]{1,64})\] )|)/y,
  columns: [3, 4],
  next: [],
};

/**
 * A time, a thread, a level, and since 8.0 a code and a subsystem:
 * `2026-01-01T00:00:00.123456Z 12 [Note] [MY-010931] [Server] …`, MariaDB's `2026-01-01  0:00:00 12 [Note] …`, or of 5.5 and
 * before `260101  0:00:00 [Note] …`. One of thread and level is in every line.
 */
const PARTS: readonly LayoutPart[] = [
  {
    pattern:
      /((?:\d{4}-\d\d-\d\d|\d{6})(?:T|[ \t]{1,16})\d{1,2}:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)?)[ \t]{1,16}/y,
    columns: [0],
    next: [
      { pattern: /(\d{1,20})[ \t]{1,16}(?:\[(\w{1,32})\] ?)?/y, columns: [1, 2], next: [CODE] },
      { pattern: /\[(\w{1,32})\] ?/y, columns: [2], next: [CODE] },
    ],
  },
];

const TIME = /^(?:(\d{4}-\d\d-\d\d)|(\d\d)(\d\d)(\d\d))(?:T|[ \t]+)(\d{1,2}:\d\d:\d\d)(.*)$/;

/** @returns ms since the epoch, in UTC if the text names no zone; undefined: there is no such time */
function readTime(text: string): number | undefined {
  const [, day, year, month, date, clock = "", rest = ""] = TIME.exec(text) ?? [];
  const zone = /[Z+-]/.test(rest) ? "" : "Z";
  return readIsoTime(`${day ?? `20${year}-${month}-${date}`}T${clock.padStart(8, "0")}${rest}${zone}`);
}

const asTime = withStep(
  (text: string) => {
    const ms = readTime(text);
    return ms === undefined ? undefined : isoText(ms);
  },
  { op: SpanOp.mysqlTime },
);

/** The fields of each text. Names as in Elastic's integration `mysql`. */
const COLUMNS: readonly (readonly FieldPlace[])[] = [
  [["event.start", asTime]],
  [["mysql.thread_id", asInteger]],
  [["log.level", asLowerCase]],
  [["event.code", asText]],
  [["event.provider", asText]],
];
const TABLE = new LayoutTable(COLUMNS, { "event.dataset": "mysql.error" });

/** Error logs of MySQL, MariaDB and Aurora MySQL. */
export const parseMysqlError = slottedParser(
  (text) => {
    const texts: LayoutTexts = [];
    const end = matchLayout(PARTS, text, texts);
    if (end === undefined) return undefined;
    const time = readTime(texts[0]!);
    const message = withoutLastBreak(text.slice(end));
    return { shape: TABLE.shape, values: TABLE.valuesOf(texts), message, ...(time !== undefined && { time }) };
  },
  undefined,
  [{ table: TABLE, parts: PARTS, message: "rest" }],
);
