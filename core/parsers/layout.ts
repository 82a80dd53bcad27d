import { type FieldPath, fieldPath, putField } from "./field-path";
import { asInteger, type FieldReader } from "./field-values";
import { LEVEL_WORDS, logLevel } from "./log-level";
import type { FieldTree, ParsedMessage } from "./parsed-message";

/** What stands in a layout as `{name}`. Each pattern is bounded, so that a line costs the same however long it is. */
interface LayoutField {
  pattern: string;
  /** undefined: the text is read and not kept; the event has a time of its own. */
  path?: FieldPath;
  read?: FieldReader;
}

const trimmed: FieldReader = (text) => text.trim() || undefined;

const DATE = String.raw`\d{4}[-/]\d\d[-/]\d\d[T ]|\d\d[-/](?:\d\d|[A-Z][a-z]{2})[-/](?:\d{4}|\d\d) `;
const ZONE = String.raw` ?(?:Z|[+-]\d\d:?\d\d)`;
/** Up to a bracket, and not its last spaces, which a layout has itself: two ways to read one line would double with each bracket. */
const BRACKETED = String.raw`[^\]\n]{0,255}[^\]\s]|(?= )`;
const UUID = "[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}";

const LAYOUT_FIELDS = {
  time: { pattern: String.raw`(?:${DATE})?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:${ZONE})?` },
  level: { pattern: LEVEL_WORDS.join("|"), path: fieldPath("log.level"), read: logLevel },
  logger: { pattern: String.raw`\S{1,256}?`, path: fieldPath("log.logger") },
  /** The name of a Java class with its package, at least the last part of it. */
  class: { pattern: String.raw`(?:[\w$]{1,64}\.){1,16}[\w$]{1,64}`, path: fieldPath("log.logger") },
  thread: { pattern: BRACKETED, path: fieldPath("process.thread.name"), read: trimmed },
  /** A thread and where it writes, with brackets in it: `QuorumPeer[myid=1]/0.0.0.0:2181:FastLeaderElection@774`. */
  place: { pattern: String.raw`\S{1,256}?`, path: fieldPath("process.thread.name") },
  /** More spaces than a sentence has. */
  gap: { pattern: String.raw` {2,6}(?=\S)` },
  process: { pattern: String.raw`[^\]\s]{1,256}?`, path: fieldPath("process.name") },
  pid: { pattern: String.raw`\d{1,10}`, path: fieldPath("process.pid"), read: asInteger },
  service: { pattern: BRACKETED, path: fieldPath("service.name"), read: trimmed },
  /** The trace of Spring's correlation, `trace-span`, or blanks. */
  trace: { pattern: "[0-9a-f]{16,32}|(?= )", path: fieldPath("trace.id"), read: trimmed },
  span: { pattern: "(?:-[0-9a-f]{16})?" },
  request: { pattern: UUID, path: fieldPath("faas.execution") },
  /** What a runtime of Lambda writes in its place: nothing, or no id, outside an invocation. */
  invocation: {
    pattern: String.raw`[\w-]{0,64}`,
    path: fieldPath("faas.execution"),
    read: (text) => (text === "" || text === "-" || text === "undefined" ? undefined : text),
  },
} as const satisfies Record<string, LayoutField>;

/** Layouts that begin alike. Each pattern continues where the one before it ended. */
export interface Layouts {
  head: Part;
  tails: readonly Part[];
}

interface Part {
  pattern: RegExp;
  /** In the order of the pattern's groups. */
  fields: readonly LayoutField[];
}

/**
 * Compiles layouts of what stands before a message: `{time} [{thread}] {level} {logger} - `, where a space is one or more, and `]` may
 * have some before it.
 *
 * @param templates of those with the same first field, the first that fits a line wins
 */
export function compileLayouts(templates: readonly string[]): readonly Layouts[] {
  const heads = new Map<string, Part[]>();
  for (const template of templates) {
    const [head] = /^[^{]*\{\w+\}/.exec(template)!;
    if (!heads.has(head)) heads.set(head, []);
    heads.get(head)!.push(compile(template.slice(head.length)));
  }
  return [...heads].map(([head, tails]) => ({ head: compile(head), tails }));
}

function compile(template: string): Part {
  const fields: LayoutField[] = [];
  const pattern = template
    .replace(/[[\]().|*+?^$]/g, String.raw`\$&`)
    .replace(/ /g, " {1,64}")
    .replace(/\\\]/g, String.raw` {0,64}\]`)
    .replace(/\{([a-z]+)\}/g, (_, name: keyof typeof LAYOUT_FIELDS) => {
      fields.push(LAYOUT_FIELDS[name]);
      return `(${LAYOUT_FIELDS[name].pattern})`;
    });
  return { pattern: new RegExp(pattern, "y"), fields };
}

/** A message's fields by its layout, and what is left of it. */
export type LaidOutMessage = ParsedMessage & { message: string };

/** Parses what stands before a message by the first layout that fits; undefined: none does. */
export function parseByLayout(layouts: readonly Layouts[], text: string): LaidOutMessage | undefined {
  for (const { head, tails } of layouts) {
    const start = match(head, text, 0);
    if (start === null) continue;
    for (const tail of tails) {
      const rest = match(tail, text, start[0].length);
      if (rest === null) continue;
      const fields: FieldTree = {};
      putValues(fields, head, start);
      putValues(fields, tail, rest);
      return { fields, message: withoutLastBreak(text.slice(start[0].length + rest[0].length)) };
    }
  }
  return undefined;
}

function match({ pattern }: Part, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function putValues(tree: FieldTree, part: Part, values: RegExpExecArray): void {
  part.fields.forEach(({ path, read }, i) => {
    const value = values[i + 1]!;
    if (path) putField(tree, path, read ? read(value) : value);
  });
}

/** Loggers end what they write by a line break, which is none of the message. */
const withoutLastBreak = (text: string) => (text.endsWith("\n") ? text.slice(0, -1) : text);
