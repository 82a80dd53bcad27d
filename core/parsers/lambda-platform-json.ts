import { isObject } from "../json/object";
import { memberAtPath, textsOfColumns } from "./column-texts";
import { exactObject } from "./exact-json";
import type { FieldPlace } from "./field-put";
import { slottedParser } from "./field-shape";
import { asDecimal, asInteger, asText, type FieldReader } from "./field-values";
import { LayoutTable } from "./layout-table";
import type { DescribedParser } from "./line-description";
import type { MemberColumn, MemberColumns } from "./member-columns";
import { SpanOp } from "./span-ops";
import { withStep } from "./span-step";

/** `"type":"platform.report"` stands behind the time, or before it. */
const TYPE = "platform.";
const QUOTED_TYPE = `"${TYPE}`;
const TYPE_WITHIN = 100;

/** See `DescribedParser`. */
export const PLATFORM_OBJECTS = { text: QUOTED_TYPE, withinCharacters: TYPE_WITHIN } as const;

const ROOT = "Root=";
/** `Root=1-5f…;Parent=…;Sampled=1`: the trace's id is that of the text form's `XRAY TraceId`. */
const asTraceId = withStep((text: string) => /^Root=([\w-]{1,64})/.exec(text)?.[1], {
  op: SpanOp.wordBehind,
  prefix: ROOT,
});

const own = (name: string): string => `aws.lambda.${name}`;
const text = (member: string, path: string, read: FieldReader = asText) =>
  [`record.${member}`, "string", [[path, read]]] as const;
const metric = (member: string, name: string, read: FieldReader = asDecimal) =>
  [`record.metrics.${member}`, "number", [[own(name), read]]] as const;

type Member = readonly [path: string, kind: MemberColumn["kind"], places: readonly FieldPlace[]];

/**
 * The type, and members of `record` that the text form has too, and those that ECS knows, by the Lambda Developer Guide, "Lambda
 * Telemetry API `Event` schema reference". All others are fields by their own names, as those of each JSON message.
 */
const MEMBERS: readonly Member[] = [
  ["type", "string", [[own("event_type"), asText]]],
  ["record.metrics.durationMs", "number", []],
  text("requestId", "faas.execution"),
  text("functionName", "faas.name"),
  text("functionArn", "faas.id"),
  text("functionVersion", "faas.version"),
  text("version", "faas.version"),
  text("errorType", "error.type"),
  text("tracing.value", "trace.id", asTraceId),
  text("runtimeVersion", own("runtime_version")),
  text("runtimeVersionArn", own("runtime_version_arn")),
  text("phase", own("phase")),
  text("status", own("status")),
  text("name", own("extension_name")),
  text("state", own("extension_state")),
  metric("billedDurationMs", "billed_duration_ms"),
  metric("memorySizeMB", "memory_size_mb", asInteger),
  metric("maxMemoryUsedMB", "max_memory_used_mb", asInteger),
  metric("initDurationMs", "init_duration_ms"),
  metric("restoreDurationMs", "restore_duration_ms"),
  metric("billedRestoreDurationMs", "billed_restore_duration_ms"),
];
const columnOf = (path: string): number => MEMBERS.findIndex(([member]) => member === path);
const TYPE_COLUMN = columnOf("type");
const DURATION = columnOf("record.metrics.durationMs");
const MEMORY = columnOf("record.metrics.memorySizeMB");
const STARTS = [columnOf("record.metrics.initDurationMs"), columnOf("record.metrics.restoreDurationMs")] as const;

/** Lists, which come once in an environment's life: only the parser reads them. */
const LISTS = [
  ["record.events", own("extension_events")],
  ["record.types", own("extension_types")],
] as const;

const COLUMNS: MemberColumns = {
  columns: MEMBERS.map(([path, kind], column) => {
    const begins = column === TYPE_COLUMN ? { text: TYPE, withinCharacters: TYPE_WITHIN } : undefined;
    return { path, kind, column, ...(begins && { begins }) };
  }),
  left: LISTS.map(([path]) => path),
  needs: ["record"],
};

const TABLE = new LayoutTable(MEMBERS.map(([, , places]) => places));
const COLD_START = TABLE.slotOf("faas.coldstart");
const LIST_SLOTS = LISTS.map(([, path]) => TABLE.slotOf(path));

/** The duration of an initialization or restore is that of the text form's `INIT_REPORT` and `RESTORE_REPORT`. */
const DURATIONS = [
  ["platform.init", TABLE.slotOf(own("init_duration_ms"))],
  ["platform.restore", TABLE.slotOf(own("restore_duration_ms"))],
  ["", TABLE.slotOf(own("duration_ms"))],
] as const;

/**
 * Parses the events that Lambda writes with the log format JSON: `{"time":…,"type":"platform.report","record":{…}}`, of whatever type.
 * Their members stay fields as they are; beside them are those that the text form has.
 */
export const lambdaPlatformJson: DescribedParser = slottedParser(
  (message) => {
    if (!message.startsWith("{") || !message.slice(0, TYPE_WITHIN).includes(QUOTED_TYPE)) return undefined;
    const event = exactObject(message);
    if (typeof event?.type !== "string" || !event.type.startsWith(TYPE) || !isObject(event.record)) return undefined;
    const texts = textsOfColumns(COLUMNS, event);
    const values = TABLE.valuesOf(texts);
    const { type } = event;
    const [, duration] = DURATIONS.find(([begin]) => type.startsWith(begin))!;
    values[duration] ??= asDecimal(texts[DURATION] ?? "");
    if (texts[MEMORY] !== undefined) values[COLD_START] = STARTS.some((column) => texts[column] !== undefined);
    for (const [i, [path]] of LISTS.entries()) {
      const list = memberAtPath(event, path);
      const items = Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
      if (items.length > 0) values[LIST_SLOTS[i]!] = items;
    }
    return { shape: TABLE.shape, values, json: message };
  },
  undefined,
  [
    {
      table: TABLE,
      parts: [],
      members: COLUMNS,
      message: "members",
      derived: [
        {
          op: SpanOp.decimalByBeginning,
          slots: DURATIONS.map(([, slot]) => slot),
          columns: [TYPE_COLUMN, DURATION],
          words: DURATIONS.slice(0, 2).map(([begin]) => [begin, undefined] as const),
        },
        {
          op: SpanOp.anyPresence,
          slots: [COLD_START],
          words: [
            ["no", false],
            ["yes", true],
          ],
          columns: [MEMORY, ...STARTS],
        },
      ],
    },
  ],
);
