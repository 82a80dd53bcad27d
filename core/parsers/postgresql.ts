import type { FieldPlace } from "./field-put";
import { slottedParser } from "./field-shape";
import { asInteger, asIp, asLowerCase, asText } from "./field-values";
import { withoutLastBreak } from "./layout";
import { type LayoutPart, type LayoutTexts, matchLayout } from "./layout-part";
import { LayoutTable } from "./layout-table";
import { readIsoTime } from "./line-times";
import { asNanoseconds } from "./nanoseconds";
import { SpanOp } from "./span-ops";
import { type SpanStep, withStep } from "./span-step";

const own = (name: string): string => `postgresql.log.${name}`;

const asName = withStep((text: string) => asText(text === "[unknown]" ? "unknown" : text), {
  op: SpanOp.words,
  words: [["[unknown]", "unknown"]],
  areOthersTexts: true,
});
const asQueryName = withStep((text: string) => (text === "<unnamed>" ? undefined : asText(text)), {
  op: SpanOp.words,
  words: [["<unnamed>", undefined]],
  areOthersTexts: true,
});

/** The fields of each text, by its column. Names as in Elastic's integration `postgresql`. */
const FIELDS = {
  timestamp: [[own("timestamp"), asText]],
  client: [
    [own("client_addr"), asText],
    ["source.address", asText],
    ["source.ip", asIp],
  ],
  port: [[own("client_port"), asInteger]],
  local: [[own("client_addr"), asText]],
  user: [["user.name", asName]],
  database: [[own("database"), asName]],
  pid: [["process.pid", asInteger]],
  line: [[own("session_line_number"), asInteger]],
  state: [[own("sql_state_code"), asText]],
  since: [[own("session_start_time"), asText]],
  vxid: [[own("virtual_transaction_id"), asText]],
  xid: [[own("transaction_id"), asInteger]],
  session: [[own("session_id"), asText]],
  app: [[own("application_name"), asText]],
  level: [["log.level", asLowerCase]],
  /** In a line without details. */
  code: [[own("sql_state_code"), asText]],
  /** What stands before a query, which may be nothing. */
  lead: [],
  duration: [["event.duration", asNanoseconds("ms")]],
  step: [[own("query_step"), asText]],
  name: [[own("query_name"), asQueryName]],
} as const satisfies Record<string, readonly FieldPlace[]>;

type Column = keyof typeof FIELDS;
const NAMES = Object.keys(FIELDS) as Column[];
const columnOf = (name: Column): number => NAMES.indexOf(name);

const part = (pattern: RegExp, columns: readonly Column[], next: readonly LayoutPart[]): LayoutPart => ({
  pattern,
  columns: columns.map(columnOf),
  next,
});

/** `duration: 0.3 ms`, `statement: …`, `execute S_1: …`, or both. */
const QUERY = part(
  /(?=((?:duration: (\d{1,12}\.\d{1,30}) ms(?: {2}|$))?(?:(statement|parse|bind|execute)(?: ([^:\n]{1,128}))?: )?))/y,
  ["lead", "duration", "step", "name"],
  [],
);

const SEVERITY =
  /(DEBUG[1-5]?|INFO|NOTICE|WARNING|ERROR|LOG|FATAL|PANIC|DETAIL|HINT|QUERY|CONTEXT|STATEMENT|LOCATION|BACKTRACE): {1,2}(?:((?=[A-Z]*\d)[\dFHPX][\dA-Z]{4}): )?/
    .source;
const LEVEL = part(new RegExp(SEVERITY, "y"), ["level", "code"], [QUERY]);
/** The application's name is its client's choice, and not in lines of background processes. */
const APPLICATION_LEVEL = part(new RegExp(`([^\\n]{0,64}?):?${SEVERITY}`, "y"), ["app", "level", "code"], [QUERY]);

/** `%l:%e:%s:%v:%x:%c:%q%a`, with a colon after the last or without: the other prefix that RDS allows. */
const DETAILS = part(
  /(\d{1,10}):([\dA-Z]{5}):(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [A-Z]{1,5}):(\d{0,10}\/?\d{0,10}):(\d{0,20}):([\da-f]{1,16}\.[\da-f]{1,16}):{0,2}/y,
  ["line", "state", "since", "vxid", "xid", "session"],
  [APPLICATION_LEVEL],
);

/** `%u@%d:[%p]:`; names may hold any character. PostgreSQL cuts them at 63 bytes. */
const SESSION = part(
  /(\[unknown\]|[^@\n]{0,63}(?:@[^@\n]{1,63})?)@(\[unknown\]|[^@\n]{0,63}?):\[(\d{1,10})\]:/y,
  ["user", "database", "pid"],
  [DETAILS, LEVEL],
);

/** `%t:%r:` or `%m:%r:`: the time, and the client with its port, none, or a local one. */
const START = part(
  /(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{3})? (?:[A-Z]{1,5}|[+-]\d\d(?::?\d\d)?)):(?:([\w.:%-]{1,255})\((\d{1,5})\)|\[(local)\])?:/y,
  ["timestamp", "client", "port", "local"],
  [SESSION],
);

const TABLE = new LayoutTable(Object.values(FIELDS), { "event.dataset": "postgresql.log" });
const QUERY_SLOT = TABLE.slotOf(own("query"));

/** Where the text of a line goes that says more of the one before it. */
const CONTINUED: ReadonlyMap<string, number> = new Map([
  ["STATEMENT", QUERY_SLOT],
  ["QUERY", TABLE.slotOf(own("internal_query"))],
  ...["DETAIL", "HINT", "CONTEXT", "LOCATION", "BACKTRACE"].map(
    (word) => [word, TABLE.slotOf(own(word.toLowerCase()))] as const,
  ),
]);

const DERIVED: readonly SpanStep[] = [
  { op: SpanOp.restBehind, slots: [QUERY_SLOT], columns: [columnOf("lead"), columnOf("step")] },
  ...[...CONTINUED].map(
    ([prefix, slot]): SpanStep => ({ op: SpanOp.restOfWord, slots: [slot], columns: [columnOf("level")], prefix }),
  ),
];

/** PostgreSQL on RDS and Aurora, with either `log_line_prefix` that they allow: "RDS for PostgreSQL database log files". */
export const parsePostgresql = slottedParser(
  (line) => {
    const texts: LayoutTexts = [];
    const end = matchLayout([START], line, texts);
    if (end === undefined) return undefined;
    const values = TABLE.valuesOf(texts);
    const text = withoutLastBreak(line.slice(end));
    const textOf = (name: Column) => texts[columnOf(name)];
    if (textOf("step") !== undefined) values[QUERY_SLOT] = asText(text.slice(textOf("lead")!.length));
    const continued = CONTINUED.get(textOf("level")!);
    if (continued !== undefined) values[continued] = asText(text);
    const time = timeOf(textOf("timestamp")!);
    return { shape: TABLE.shape, values, message: text, ...(time !== undefined && { time }) };
  },
  undefined,
  [{ table: TABLE, parts: [START], message: "rest", derived: DERIVED }],
);

/** An abbreviation other than UTC stands for more than one zone. */
function timeOf(timestamp: string): number | undefined {
  const zone = timestamp.lastIndexOf(" ");
  const [time, name] = [timestamp.slice(0, zone), timestamp.slice(zone + 1)];
  if (/^[+-]/.test(name)) return readIsoTime(time + name);
  return name === "UTC" || name === "GMT" ? readIsoTime(time) : undefined;
}
