import type { FieldPlace } from "./field-put";
import { slottedParser } from "./field-shape";
import { asDecimal, asInteger, asText } from "./field-values";
import { asBoolean } from "./json-members";
import { lambdaPairs } from "./lambda-pairs";
import { type LayoutPart, type LayoutTexts, matchLayout } from "./layout-part";
import { LayoutTable } from "./layout-table";
import type { DescribedParser } from "./line-description";
import { SpanOp } from "./span-ops";
import { withStep } from "./span-step";

/** The first words of lines, with the types that the same events have in JSON. */
const TYPES: readonly (readonly [word: string, type: string])[] = [
  ["START", "platform.start"],
  ["END", "platform.end"],
  ["REPORT", "platform.report"],
  ["INIT_START", "platform.initStart"],
];
const asType = withStep((word: string) => TYPES.find(([one]) => one === word)?.[1], {
  op: SpanOp.words,
  words: TYPES,
});
const asSampled = withStep(asBoolean, {
  op: SpanOp.words,
  words: [
    ["true", true],
    ["false", false],
  ],
});

const own = (name: string): string => `aws.lambda.${name}`;

/** The fields of each text. */
const FIELDS = {
  type: [[own("event_type"), asType]],
  request: [["faas.execution", asText]],
  version: [["faas.version", asText]],
  duration: [[own("duration_ms"), asDecimal]],
  billed: [[own("billed_duration_ms"), asDecimal]],
  memory: [[own("memory_size_mb"), asInteger]],
  used: [[own("max_memory_used_mb"), asInteger]],
  init: [[own("init_duration_ms"), asDecimal]],
  restore: [[own("restore_duration_ms"), asDecimal]],
  billedRestore: [[own("billed_restore_duration_ms"), asDecimal]],
  status: [[own("status"), asText]],
  errorType: [["error.type", asText]],
  trace: [["trace.id", asText]],
  segment: [[own("segment_id"), asText]],
  sampled: [[own("sampled"), asSampled]],
  runtime: [[own("runtime_version"), asText]],
  arn: [[own("runtime_version_arn"), asText]],
} as const satisfies Record<string, readonly FieldPlace[]>;

type Column = keyof typeof FIELDS;
const NAMES = Object.keys(FIELDS) as Column[];
const columnOf = (name: Column): number => NAMES.indexOf(name);

const ID = String.raw`([\w-]{1,64})`;
const MS = String.raw`(\d{1,12}(?:\.\d{1,12})?) ms`;
const MB = String.raw`(\d{1,9}) MB`;
const WORD = String.raw`([\w.:$/-]{1,256})`;

const part = (pattern: string, ...columns: readonly Column[]): LayoutPart => ({
  pattern: new RegExp(`${pattern}\\s*$`, "y"),
  columns: columns.map(columnOf),
  next: [],
});

/** The lines of almost all invocations. Lambda Developer Guide, "Sending Lambda function logs to CloudWatch Logs", "Lambda SnapStart". */
const PARTS: readonly LayoutPart[] = [
  part(`(START) RequestId: ${ID} Version: ${WORD}`, "type", "request", "version"),
  part(`(END) RequestId: ${ID}`, "type", "request"),
  part(
    [
      `(REPORT) RequestId: ${ID}\\tDuration: ${MS}\\tBilled Duration: ${MS}\\tMemory Size: ${MB}\\tMax Memory Used: ${MB}`,
      ...["Init Duration", "Restore Duration", "Billed Restore Duration"].map((name) => `(?:\\t${name}: ${MS})?`),
      `(?:\\tStatus: ${WORD})?(?:\\tError Type: ${WORD})?`,
      `\\s*(?:XRAY TraceId: ${WORD}\\tSegmentId: ${WORD}\\tSampled: (true|false))?`,
    ].join(""),
    ...(["type", "request", "duration", "billed", "memory", "used"] as const),
    ...(["init", "restore", "billedRestore", "status", "errorType", "trace", "segment", "sampled"] as const),
  ),
  part(`(INIT_START) Runtime Version: ${WORD}\\tRuntime Version ARN: ${WORD}`, "type", "runtime", "arn"),
];

const TABLE = new LayoutTable(Object.values(FIELDS));
const COLD_START = TABLE.slotOf("faas.coldstart");

/** Parses the lines that Lambda itself writes into a function's log. */
const platformLine = slottedParser((message) => {
  const texts: LayoutTexts = [];
  if (matchLayout(PARTS, message, texts) === undefined) return undefined;
  const values = TABLE.valuesOf(texts);
  if (texts[columnOf("duration")] !== undefined)
    values[COLD_START] = (texts[columnOf("init")] ?? texts[columnOf("restore")]) !== undefined;
  return { shape: TABLE.shape, values };
});

/** The same in any form: of names and values that Lambda may have from tomorrow on, too. */
export const lambdaPlatformText: DescribedParser = Object.assign(
  (message: string) => platformLine(message) ?? lambdaPairs(message),
  {
    inSlots: (message: string) => platformLine.inSlots!(message) ?? lambdaPairs(message),
    layouts: [
      {
        table: TABLE,
        parts: PARTS,
        message: "kept" as const,
        derived: [
          {
            op: SpanOp.anyPresence,
            slots: [COLD_START],
            words: [
              ["no", false],
              ["yes", true],
            ] as const,
            columns: [columnOf("duration"), columnOf("init"), columnOf("restore")],
          },
        ],
      },
    ],
  },
);
