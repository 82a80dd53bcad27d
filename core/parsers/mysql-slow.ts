import { type FieldPlace, type PutText, putAt } from "./field-put";
import { slottedParser } from "./field-shape";
import { asDecimal, asInteger, asIp, asText, asWord, type FieldReader } from "./field-values";
import { type LayoutPart, type LayoutTexts, matchLayout } from "./layout-part";
import { LayoutTable } from "./layout-table";
import type { HeaderDescription } from "./line-description";
import { asIsoTime, readIsoTime } from "./line-times";
import { asNanoseconds } from "./nanoseconds";
import type { SlotValues } from "./parsed-message";
import { SpanOp } from "./span-ops";
import { type SpanStep, withStep } from "./span-step";

const own = (name: string): string => `mysql.slowlog.${name}`;

const asSchema = withStep((text: string) => text, { op: SpanOp.verbatim });
const asYesNo = asWord([
  ["Yes", true],
  ["No", false],
]);

/** The fields of the texts of a user, and of a statement that names the schema. */
const FIELDS = {
  user: [["user.name", asText]],
  current: [[own("current_user"), asText]],
  host: [
    ["source.domain", asText],
    ["source.address", asText],
  ],
  address: [
    ["source.address", asText],
    ["source.ip", asIp],
  ],
  schema: [[own("schema"), asSchema]],
} as const satisfies Record<string, readonly FieldPlace[]>;
const [USER, CURRENT, HOST, ADDRESS, SCHEMA] = Object.keys(FIELDS).keys();

const TABLE = new LayoutTable(Object.values(FIELDS), { "event.dataset": "mysql.slowlog" });
const QUERY_SLOT = TABLE.slotOf(own("query"));
const OTHERS_SLOT = TABLE.slotOf(own("additional_fields"));

const DURATION = "query_time";

/** `Rows_sent` is `rows_sent`. */
const same = (read: FieldReader, names: string) =>
  names.split(" ").map((name): [string, ...FieldPlace] => [name.toLowerCase(), own(name.toLowerCase()), read]);

/**
 * The values of the header by their names, in lower case: MySQL with `log_slow_extra`, MariaDB and Percona Server with
 * `log_slow_verbosity`. Names of fields as in Elastic's integration `mysql`.
 */
const VALUES: ReadonlyMap<string, PutText> = new Map(
  [
    [DURATION, "event.duration", asNanoseconds("s")] as const,
    ["lock_time", own("lock_time.sec"), asDecimal] as const,
    ...["id", "thread_id"].map((name) => [name, "mysql.thread_id", asInteger] as const),
    ...["errno", "last_errno"].map((name) => [name, own("last_errno"), asInteger] as const),
    ["qc_hit", own("query_cache_hit"), asYesNo] as const,
    ...["created_tmp_tables", "tmp_tables"].map((name) => [name, own("tmp_tables"), asInteger] as const),
    ...["created_tmp_disk_tables", "tmp_disk_tables"].map((name) => [name, own("tmp_disk_tables"), asInteger] as const),
    ["start", "event.start", asIsoTime] as const,
    ["end", "event.end", asIsoTime] as const,
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
  ].map(([name, ...place]) => [name, putAt(place, TABLE.slotOf)]),
);

/** `# User@Host: kim[kim] @ db.example.com [10.0.0.1]  Id:  12` */
const USER_PART: LayoutPart = {
  pattern: /# User@Host: ([^\s[\]]{0,128})(?:\[([^\]\n]{0,128})\])? @ ([^\s[\]]{0,255}) ?\[([^\]\n]{0,64})\]/y,
  columns: [USER, CURRENT, HOST, ADDRESS],
  next: [],
};
/** `use shop;` and `SET timestamp=…;` are the log's, what is behind them is the query. */
const STATEMENTS: LayoutPart = {
  pattern: /(?:use ([^;\n]{1,128});\n)?(?:SET timestamp=(\d{1,10});\n?)?/y,
  columns: [SCHEMA, SCHEMA! + 1],
  next: [],
};
const TIME = /^# Time: (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S{0,20})/;

const HEADER: HeaderDescription = {
  starts: [USER_PART],
  values: new Map<string, SpanStep>([
    ["time", { ...asIsoTime.step, slots: [] }],
    ...[...VALUES].map(([name, { step }]) => [name, step!] as const),
  ]),
  needs: DURATION,
};

/** Slow-query logs of MySQL, MariaDB, Percona Server and Aurora MySQL: one event has the header and the query. */
export const parseMysqlSlow = slottedParser(
  (message) => {
    if (!message.startsWith("# ")) return undefined;
    const texts: LayoutTexts = [];
    const values = TABLE.valuesOf(texts);
    const others: Others = { surplus: [], isLeft: false };
    let time: number | undefined;
    let hasHeader = false;
    let at = 0;
    for (; message.startsWith("#", at); at = nextLine(message, at)) {
      const line = message.slice(at, nextLine(message, at));
      time ??= readIsoTime(TIME.exec(line)?.[1] ?? "");
      // A plan has words of any kind.
      if (line.startsWith("# explain:")) {
        others.isLeft = true;
        continue;
      }
      const user = matchLayout([USER_PART], line, texts);
      const hasDuration = putValues(values, line.slice(user ?? 1), others);
      hasHeader ||= hasDuration || user !== undefined;
    }
    if (!hasHeader) return undefined;
    if (others.surplus.length > 0) values[OTHERS_SLOT] = others.surplus;
    at = matchLayout([STATEMENTS], message, texts, at)!;
    TABLE.put(values, texts);
    values[QUERY_SLOT] = asText(message.slice(at).trimEnd());
    const seconds = texts[SCHEMA! + 1];
    if (seconds !== undefined) time ??= Number(seconds) * 1000;
    return { shape: TABLE.shape, values, ...(others.isLeft && { message }), ...(time !== undefined && { time }) };
  },
  undefined,
  [
    {
      table: TABLE,
      header: HEADER,
      parts: [STATEMENTS],
      message: "kept",
      derived: [{ op: SpanOp.trimmedRest, slots: [QUERY_SLOT] }],
    },
  ],
);

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

/** More values that are not known are nobody's header. */
const MAX_SURPLUS = 64;

/**
 * Values are `Name: value`; one may be empty, as in `Schema:   Last_errno: 0`.
 *
 * @returns whether one is the query's duration, which every header has
 */
function putValues(values: SlotValues, line: string, others: Others): boolean {
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
    const isPut = VALUES.get(name)?.(values, value) ?? false;
    if (isPut) hasDuration ||= name === DURATION;
    else if (others.surplus.length < MAX_SURPLUS) others.surplus.push(`${words[i - 1]} ${value}`);
    else others.isLeft = true;
  }
  return hasDuration;
}
