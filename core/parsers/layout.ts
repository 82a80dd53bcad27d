import type { FieldPlace } from "./field-put";
import { asInteger } from "./field-values";
import { type LayoutPart, type LayoutTexts, matchLayout } from "./layout-part";
import { LayoutTable } from "./layout-table";
import { asKnownLevel, LEVEL_WORDS } from "./log-level";
import type { SlotValues } from "./parsed-message";
import { SpanOp } from "./span-ops";
import { withStep } from "./span-step";

/** What stands in a layout as `{name}`. Each pattern is bounded, so that a line costs the same however long it is. */
interface LayoutField {
  pattern: string;
  /** undefined: the text is read and not kept; the event has a time of its own. */
  places?: readonly FieldPlace[];
}

const asWritten = withStep((text: string) => text, { op: SpanOp.verbatim });
const trimmed = withStep((text: string) => text.trim() || undefined, { op: SpanOp.trimmed });
/** What a runtime of Lambda writes outside an invocation is no id. */
const asInvocation = withStep(
  (text: string) => (text === "" || text === "-" || text === "undefined" ? undefined : text),
  { op: SpanOp.words, words: [["undefined", undefined]], areOthersTexts: true },
);
const asTimeout = withStep(() => "timeout", { op: SpanOp.words, words: [["Task timed out*", "timeout"]] });

const DATE = String.raw`\d{4}[-/]\d\d[-/]\d\d[T ]|\d\d[-/](?:\d\d|[A-Z][a-z]{2})[-/](?:\d{4}|\d\d) `;
const ZONE = String.raw` ?(?:Z|[+-]\d\d:?\d\d)`;
/** Up to a bracket: spaces before that are the field's, so that there is one way to read a line. */
const BRACKETED = String.raw`[^\]\n]{1,320}`;
const UUID = "[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}";

const LAYOUT_FIELDS = {
  time: { pattern: String.raw`(?:${DATE})?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:${ZONE})?` },
  level: { pattern: LEVEL_WORDS.join("|"), places: [["log.level", asKnownLevel]] },
  logger: { pattern: String.raw`\S{1,256}?`, places: [["log.logger", asWritten]] },
  /** The name of a Java class with its package, at least the last part of it. */
  class: { pattern: String.raw`(?:[\w$]{1,64}\.){1,16}[\w$]{1,64}`, places: [["log.logger", asWritten]] },
  thread: { pattern: BRACKETED, places: [["process.thread.name", trimmed]] },
  /** A thread and where it writes, with brackets in it: `QuorumPeer[myid=1]/0.0.0.0:2181:FastLeaderElection@774`. */
  place: { pattern: String.raw`\S{1,256}?`, places: [["process.thread.name", asWritten]] },
  /** More spaces than a sentence has. */
  gap: { pattern: String.raw` {2,6}(?=\S)` },
  process: { pattern: String.raw`[^\]\s]{1,256}?`, places: [["process.name", asWritten]] },
  pid: { pattern: String.raw`\d{1,10}`, places: [["process.pid", asInteger]] },
  service: { pattern: BRACKETED, places: [["service.name", trimmed]] },
  /** The trace of Spring's correlation, `trace-span`, or blanks. */
  trace: { pattern: "[0-9a-f]{16,32}|(?= )", places: [["trace.id", trimmed]] },
  span: { pattern: "(?:-[0-9a-f]{16})?" },
  request: { pattern: UUID, places: [["faas.execution", asWritten]] },
  /** What Lambda writes when a function took too long. */
  timeout: {
    pattern: String.raw`Task timed out after \d{1,6}(?:\.\d\d)? seconds(?=\s*$)`,
    places: [
      ["error.message", asWritten],
      ["aws.lambda.status", asTimeout],
    ],
  },
  /** A request's id, or what a runtime of Lambda writes in its place. */
  invocation: { pattern: String.raw`[\w-]{0,64}`, places: [["faas.execution", asInvocation]] },
} as const satisfies Record<string, LayoutField>;

/** The layouts of a format, and the fields of their texts. */
export interface Layouts {
  readonly parts: readonly LayoutPart[];
  readonly table: LayoutTable;
}

/**
 * Compiles layouts of what stands before a message: `{time} [{thread}] {level} {logger} - `, where a space is one or more, and `]` may
 * have some before it.
 *
 * @param templates the first that fits a line wins; of those that begin with the same field, and then the same level, all see the same
 * text of it
 */
export function compileLayouts(templates: readonly string[]): Layouts {
  const columns = new Map<LayoutField, number>();
  const parts = groupsOf(templates, /^[^{]*\{\w+\}/).map(([head, tails]) => ({
    ...compile(head, columns),
    next: groupsOf(tails, /^[^{]*\{level\}/).map(([level, rests]) => ({
      ...compile(level, columns),
      next: rests.map((rest) => compile(rest, columns)),
    })),
  }));
  const table = new LayoutTable([...columns.keys()].map(({ places }) => places!));
  return { parts, table };
}

/** @returns beginnings, and what is behind each; a template that has none is its own */
function groupsOf(templates: readonly string[], begin: RegExp): (readonly [begin: string, rests: string[]])[] {
  const groups = new Map<string, string[]>();
  for (const template of templates) {
    const [head] = begin.exec(template) ?? [template];
    groups.set(head, [...(groups.get(head) ?? []), template.slice(head.length)]);
  }
  return [...groups];
}

/** @param known gets the columns of the fields that are kept */
function compile(template: string, known: Map<LayoutField, number>): LayoutPart {
  const columns: (number | undefined)[] = [];
  const pattern = template
    .replace(/[[\]().|*+?^$]/g, String.raw`\$&`)
    .replace(/ /g, " {1,64}")
    .replace(/(?<!\{(?:thread|service)\})\\\]/g, String.raw` {0,64}\]`)
    .replace(/\{([a-z]+)\}/g, (_, name: keyof typeof LAYOUT_FIELDS) => {
      const field: LayoutField = LAYOUT_FIELDS[name];
      if (field.places && !known.has(field)) known.set(field, known.size);
      columns.push(known.get(field));
      return `(${field.pattern})`;
    });
  return { pattern: new RegExp(pattern, "y"), columns, next: [] };
}

/** A message's fields by its layout, and what is left of it. */
export interface LaidOutMessage {
  readonly values: SlotValues;
  message: string;
}

/** Parses what stands before a message by the first layout that fits; undefined: none does. */
export function parseByLayout({ parts, table }: Layouts, text: string): LaidOutMessage | undefined {
  const texts: LayoutTexts = [];
  const end = matchLayout(parts, text, texts);
  if (end === undefined) return undefined;
  return { values: table.valuesOf(texts), message: withoutLastBreak(text.slice(end)) };
}

/** Loggers end what they write by a line break, which is none of the message. */
export const withoutLastBreak = (text: string) => (text.endsWith("\n") ? text.slice(0, -1) : text);
