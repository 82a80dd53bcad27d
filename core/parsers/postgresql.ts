import { type FieldPath, fieldPath, putField } from "./field-path";
import { asInteger, asIp, asText, type FieldReader } from "./field-values";
import { type GroupFields, putGroups } from "./groups";
import { readIsoTime } from "./line-times";
import { nanoseconds } from "./nanoseconds";
import type { FieldTree, MessageParser } from "./parsed-message";

/** `%t:%r:` or `%m:%r:`: the time, and the client with its port, none, or a local one. */
const START =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{3})?) ([A-Z]{1,5}|[+-]\d\d(?::?\d\d)?):(?:([\w.:%-]{1,255})\((\d{1,5})\)|\[(local)\])?:/;

/** `%u@%d:[%p]:`; names may hold any character. PostgreSQL cuts them at 63 bytes. */
const SESSION = /^(\[unknown\]|[^@\n]{0,63}(?:@[^@\n]{1,63})?)@(\[unknown\]|[^@\n]{0,63}?):\[(\d{1,10})\]:/;

/** `%l:%e:%s:%v:%x:%c:%q%a`, with a colon after the last or without: the other prefix that RDS allows. */
const DETAILS =
  /^(\d{1,10}):([\dA-Z]{5}):(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [A-Z]{1,5}):(\d{0,10}\/?\d{0,10}):(\d{0,20}):([\da-f]{1,16}\.[\da-f]{1,16}):{0,2}/;

const SEVERITY =
  /(DEBUG[1-5]?|INFO|NOTICE|WARNING|ERROR|LOG|FATAL|PANIC|DETAIL|HINT|QUERY|CONTEXT|STATEMENT|LOCATION|BACKTRACE): {1,2}(?:((?=[A-Z]*\d)[\dFHPX][\dA-Z]{4}): )?/
    .source;
const LEVEL = new RegExp(`^()${SEVERITY}`);
/** The application's name is its client's choice, and not in lines of background processes. */
const APPLICATION_LEVEL = new RegExp(`^([^\\n]{0,64}?):?${SEVERITY}`);

/** `duration: 0.3 ms`, `statement: …`, `execute S_1: …`, or both. */
const QUERY =
  /^(?:duration: (\d{1,12}\.\d{1,30}) ms(?: {2}|$))?(?:(statement|parse|bind|execute)(?: ([^:\n]{1,128}))?: )?/;

/** Longer than any prefix. */
const MAX_PREFIX = 1024;

const own = (name: string): FieldPath => ["postgresql", "log", name];
const one = (name: string, read: FieldReader): GroupFields => [[own(name), read]];

const asName: FieldReader = (text) => asText(text === "[unknown]" ? "unknown" : text);
const asNanoseconds: FieldReader = (text) => nanoseconds(text, "ms");
const asQueryName: FieldReader = (text) => (text === "<unnamed>" ? undefined : asText(text));
const asLevel: FieldReader = (text) => text.toLowerCase();

/** The fields of each group of a pattern. Names as in Elastic's integration `postgresql`. */
const CLIENT: GroupFields = [
  [own("client_addr"), asText],
  [fieldPath("source.address"), asText],
  [fieldPath("source.ip"), asIp],
];
const FIELDS = {
  start: [[], [], CLIENT, one("client_port", asInteger), one("client_addr", asText)],
  session: [[[fieldPath("user.name"), asName]], one("database", asName), [[fieldPath("process.pid"), asInteger]]],
  details: [
    ...[one("session_line_number", asInteger), one("sql_state_code", asText), one("session_start_time", asText)],
    ...[one("virtual_transaction_id", asText), one("transaction_id", asInteger), one("session_id", asText)],
  ],
  level: [one("application_name", asText), [[fieldPath("log.level"), asLevel]], one("sql_state_code", asText)],
  query: [[[fieldPath("event.duration"), asNanoseconds]], one("query_step", asText), one("query_name", asQueryName)],
} as const satisfies Record<string, readonly GroupFields[]>;

/** Where the text of a line goes that says more of the one before it. */
const CONTINUED: Readonly<Record<string, FieldPath>> = {
  ...{ STATEMENT: own("query"), DETAIL: own("detail"), HINT: own("hint"), CONTEXT: own("context") },
  ...{ QUERY: own("internal_query"), LOCATION: own("location"), BACKTRACE: own("backtrace") },
};

/** PostgreSQL on RDS and Aurora, with either `log_line_prefix` that they allow: "RDS for PostgreSQL database log files". */
export const parsePostgresql: MessageParser = (message) => {
  const fields: FieldTree = { event: { dataset: "postgresql.log" } };
  let at = 0;
  const next = (name: keyof typeof FIELDS, pattern: RegExp): RegExpExecArray | null => {
    const match = pattern.exec(message.slice(at, at + MAX_PREFIX));
    if (match === null) return null;
    at += match[0].length;
    putGroups(fields, match, FIELDS[name]);
    return match;
  };
  const start = next("start", START);
  if (start === null || next("session", SESSION) === null) return undefined;
  const hasDetails = next("details", DETAILS) !== null;
  const level = next("level", hasDetails ? APPLICATION_LEVEL : LEVEL);
  if (level === null) return undefined;
  putField(fields, own("timestamp"), `${start[1]} ${start[2]}`);
  const text = message.slice(at);
  const query = next("query", QUERY);
  if (query?.[2] !== undefined) putField(fields, own("query"), asText(message.slice(at)));
  const continued = CONTINUED[level[2]!];
  if (continued !== undefined) putField(fields, continued, asText(text));
  const time = timeOf(start[1]!, start[2]!);
  return time === undefined ? { fields, message: text } : { fields, message: text, time };
};

/** An abbreviation other than UTC stands for more than one zone. */
function timeOf(time: string, zone: string): number | undefined {
  if (/^[+-]/.test(zone)) return readIsoTime(time + zone);
  return zone === "UTC" || zone === "GMT" ? readIsoTime(time) : undefined;
}
