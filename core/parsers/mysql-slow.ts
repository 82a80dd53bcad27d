import { type FieldPath, fieldPath, putField } from "./field-path";
import { asDecimal, asInteger, asIp, asText, type FieldReader } from "./field-values";
import { type GroupFields, putGroups } from "./groups";
import { asIsoTime, readIsoTime } from "./line-times";
import { nanoseconds } from "./nanoseconds";
import type { FieldTree, MessageParser } from "./parsed-message";

const own = (name: string): FieldPath => fieldPath(`mysql.slowlog.${name}`);

const asYesNo: FieldReader = (text) => (text === "Yes" ? true : text === "No" ? false : undefined);
const asSeconds: FieldReader = (text) => nanoseconds(text, "s");

const DURATION = fieldPath("event.duration");

/** `Rows_sent` is `rows_sent`. */
const same = (read: FieldReader, names: string): [string, FieldPath, FieldReader][] =>
  names.split(" ").map((name) => [name.toLowerCase(), own(name.toLowerCase()), read]);

/**
 * The values of the header by their names, in lower case: MySQL with `log_slow_extra`, MariaDB and Percona Server with
 * `log_slow_verbosity`. Names of fields as in Elastic's integration `mysql`.
 */
const VALUES: ReadonlyMap<string, readonly [path: FieldPath, read: FieldReader]> = new Map(
  [
    ["query_time", DURATION, asSeconds] as const,
    ["lock_time", own("lock_time.sec"), asDecimal] as const,
    ...["id", "thread_id"].map((name) => [name, fieldPath("mysql.thread_id"), asInteger] as const),
    ...["errno", "last_errno"].map((name) => [name, own("last_errno"), asInteger] as const),
    ["qc_hit", own("query_cache_hit"), asYesNo] as const,
    ...["created_tmp_tables", "tmp_tables"].map((name) => [name, own("tmp_tables"), asInteger] as const),
    ...["created_tmp_disk_tables", "tmp_disk_tables"].map((name) => [name, own("tmp_disk_tables"), asInteger] as const),
    ["start", fieldPath("event.start"), asIsoTime] as const,
    ["end", fieldPath("event.end"), asIsoTime] as const,
    ["innodb_trx_id", own("innodb.trx_id"), asText] as const,
    ["innodb_io_r_ops", own("innodb.io_r_ops"), asInteger] as const,
    ["innodb_io_r_bytes", own("innodb.io_r_bytes"), asInteger] as const,
    ["innodb_io_r_wait", own("innodb.io_r_wait.sec"), asDecimal] as const,
    ["innodb_rec_lock_wait", own("innodb.rec_lock_wait.sec"), asDecimal] as const,
    ["innodb_queue_wait", own("innodb.queue_wait.sec"), asDecimal] as const,
    ["innodb_pages_distinct", own("innodb.pages_distinct"), asInteger] as const,
    ...same(asText, "Schema Log_slow_rate_type"),
    ...same(
      asInteger,
      "Killed Rows_sent Rows_examined Rows_affected Bytes_received Bytes_sent Tmp_table_sizes Merge_passes",
    ),
    ...same(asInteger, "Read_first Read_last Read_key Read_next Read_prev Read_rnd Read_rnd_next Log_slow_rate_limit"),
    ...same(asInteger, "Sort_merge_passes Sort_range_count Sort_rows Sort_scan_count"),
    ...same(asYesNo, "Full_scan Full_join Tmp_table Tmp_table_on_disk Filesort Filesort_on_disk Priority_queue"),
  ].map(([name, ...target]) => [name, target]),
);

/** `# User@Host: kim[kim] @ db.example.com [10.0.0.1]  Id:  12` */
const USER = /^# User@Host: ([^\s[\]]{0,128})(?:\[([^\]\n]{0,128})\])? @ ([^\s[\]]{0,255}) ?\[([^\]\n]{0,64})\]/;
const TIME = /^# Time: (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S{0,20})/;

/** Slow-query logs of MySQL, MariaDB, Percona Server and Aurora MySQL: one event has the header and the query. */
export const parseMysqlSlow: MessageParser = (message) => {
  if (!message.startsWith("# ")) return undefined;
  const fields: FieldTree = { event: { dataset: "mysql.slowlog" } };
  const others: Others = { surplus: [], isLeft: false };
  let time: number | undefined;
  let hasHeader = false;
  let at = 0;
  for (; message.startsWith("#", at); at = nextLine(message, at)) {
    const line = message.slice(at, nextLine(message, at));
    time ??= readIsoTime(TIME.exec(line)?.[1] ?? "");
    const user = USER.exec(line);
    if (user !== null) putGroups(fields, user, USER_FIELDS);
    // A plan has words of any kind.
    if (line.startsWith("# explain:")) {
      others.isLeft = true;
      continue;
    }
    const hasDuration = putValues(fields, line.slice(user === null ? 1 : user[0].length), others);
    hasHeader ||= hasDuration || user !== null;
  }
  if (!hasHeader) return undefined;
  if (others.surplus.length > 0) putField(fields, own("additional_fields"), others.surplus);
  const started = putStatements(fields, message, at);
  time ??= started;
  return { fields, ...(others.isLeft && { message }), ...(time !== undefined && { time }) };
};

/** What no field of its own has. */
interface Others {
  /** Values with their names. */
  surplus: string[];
  /** Whether there is more. */
  isLeft: boolean;
}

function nextLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
}

/** The fields of each group of `USER`. */
const USER_FIELDS: readonly GroupFields[] = [
  [[fieldPath("user.name"), asText]],
  [[own("current_user"), asText]],
  [
    [fieldPath("source.domain"), asText],
    [fieldPath("source.address"), asText],
  ],
  [
    [fieldPath("source.address"), asText],
    [fieldPath("source.ip"), asIp],
  ],
];

/** More values that are not known are nobody's header. */
const MAX_SURPLUS = 64;

/**
 * Values are `Name: value`; one may be empty, as in `Schema:   Last_errno: 0`.
 *
 * @returns whether one is the query's duration, which every header has
 */
function putValues(fields: FieldTree, line: string, others: Others): boolean {
  const words = line.split(/\s+/).filter((word) => word !== "");
  let hasDuration = false;
  for (let i = 0; i < words.length; i++) {
    const value = words[i + 1] ?? "";
    if (!words[i]!.endsWith(":")) others.isLeft = true;
    if (!words[i]!.endsWith(":") || value.endsWith(":")) continue;
    i++;
    const name = words[i - 1]!.slice(0, -1).toLowerCase();
    if (name === "time") others.isLeft ||= readIsoTime(value) === undefined;
    if (name === "time" || value === "") continue;
    const [path, read] = VALUES.get(name) ?? [];
    const found = path && read!(value);
    if (found !== undefined) putField(fields, path!, found);
    else if (others.surplus.length < MAX_SURPLUS) others.surplus.push(`${words[i - 1]} ${value}`);
    else others.isLeft = true;
    hasDuration ||= path === DURATION && found !== undefined;
  }
  return hasDuration;
}

/** `use shop;` and `SET timestamp=…;` are the log's, what is behind them is the query. @returns the time of the latter */
function putStatements(fields: FieldTree, message: string, at: number): number | undefined {
  const [log, schema, seconds] = STATEMENTS.exec(message.slice(at, at + MAX_STATEMENTS))!;
  if (schema !== undefined) putField(fields, own("schema"), schema);
  putField(fields, own("query"), asText(message.slice(at + log.length).trimEnd()));
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

const STATEMENTS = /^(?:use ([^;\n]{1,128});\n)?(?:SET timestamp=(\d{1,10});\n?)?/;

/** Longer than both. */
const MAX_STATEMENTS = 512;
