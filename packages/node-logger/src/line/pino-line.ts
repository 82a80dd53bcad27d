import { hostname } from "node:os";
import { ID_FIELD } from "./field-names";
import { levelNameOf } from "./levels";
import { lineId } from "./line-id";
import type { LineShape } from "./line-source";
import { fitsLine, LineWriter, type WrittenLine } from "./line-writer";
import { isoTime } from "./timestamps";

/** How pino writes its lines: what it tells a transport, or its defaults. */
export interface PinoNames {
  /** @default "msg" */
  messageKey?: string | undefined;
  /** @default "err" */
  errorKey?: string | undefined;
  /** Names of custom levels by their numbers. */
  levels?: { labels?: Readonly<Record<number, string>> } | undefined;
}

/** Names that are reserved, or that begin such names: a line that may have one is parsed. */
const SPECIAL =
  /"(?:@timestamp|message|msg|event|log|ecs|host|process|service|err|error|name|labels|tags|__proto__)["._]/;

/** What may be an id in a line of ECS. */
const EVENT = /"event["._]/;

/** Longer lines are parsed: these may have to be cut. */
const MAX_SPLICED = 200_000;

/** Turns lines that pino writes into lines of ours. */
export class PinoLines {
  readonly #shape: LineShape;
  readonly #names: PinoNames;
  /** The beginning of a line as pino's defaults write it in this process; undefined if its names are others. */
  readonly #head: RegExp | undefined;
  readonly #constants: string;
  /** What the last line began with, and what that became: many lines share a millisecond and a level. */
  #last = { head: "\n", start: "" };
  #writer: { logger: string | undefined; lines: LineWriter };

  constructor(shape: LineShape, names: PinoNames = {}) {
    this.#shape = shape;
    this.#names = names;
    this.#writer = { logger: undefined, lines: new LineWriter(shape) };
    this.#constants = `,${JSON.stringify(shape.constants).slice(1, -1)}`;
    const isDefault = (names.messageKey ?? "msg") === "msg" && (names.errorKey ?? "err") === "err";
    this.#head = isDefault && shape.format === "ecs" ? headOf(process.pid, hostname()) : undefined;
  }

  /** Returns a line with an id, from one of pino's with or without its line feed. Never throws. */
  convert(line: string): WrittenLine {
    const text = line.endsWith("\n") ? line.slice(0, -1) : line;
    const spliced = this.#spliced(text);
    return spliced === undefined ? this.#parsed(text) : { text: spliced, unsayable: 0, isCut: false };
  }

  /** Most lines need not be parsed: what is between their first members and their last one stays as it is. */
  #spliced(line: string): string | undefined {
    if (line.length > MAX_SPLICED) return undefined;
    if (isEcs(line)) return EVENT.test(line) ? undefined : `${line.slice(0, -1)}${ID_START}${lineId()}"}`;
    const { head, start } = line.startsWith(this.#last.head) ? this.#last : this.#startOf(line);
    const message = line.lastIndexOf(MESSAGE);
    if (head === "" || !endsAsString(line, message)) return undefined;
    const fields = line.slice(head.length - 1, message);
    if (SPECIAL.test(fields)) return undefined;
    const said = line.slice(message + MESSAGE.length - 1, -1);
    return `${start}${said}${this.#constants}${fields}${ID_START}${lineId()}"}`;
  }

  /** The beginning of a line as pino's defaults write it, and what it becomes; nothing if it begins otherwise. */
  #startOf(line: string): { head: string; start: string } {
    const [head, level, time] = this.#head?.exec(line) ?? [];
    if (head === undefined) return { head: "", start: "" };
    const at = isoTime(millisecondsOf(Number(time)));
    this.#last = { head, start: `{"@timestamp":"${at}","log.level":"${this.#levelOf(Number(level))}","message":` };
    return this.#last;
  }

  #parsed(line: string): WrittenLine {
    const { messageKey = "msg", errorKey = "err" } = this.#names;
    const parsed = parsedObjectIn(line);
    if (!parsed) return this.#linesOf(undefined).write({ time: Date.now(), level: "info", message: line });
    const ecs = isEcs(line) ? withNewId(parsed) : undefined;
    if (ecs) return ecs;
    const { name, [messageKey]: message, [errorKey]: error, ...fields } = parsed;
    const { level, time } = ownMembers(line, fields, [messageKey, errorKey]);
    if (fields.pid === process.pid) delete fields.pid;
    if (fields.hostname === hostname()) delete fields.hostname;
    if (message !== undefined && typeof message !== "string") fields[messageKey] = message;
    const isError = typeof error === "object" && error !== null;
    if (error !== undefined && !isError) fields[errorKey] = error;
    if (name !== undefined && typeof name !== "string") fields.name = name;
    return this.#linesOf(typeof name === "string" ? name : undefined).write({
      time: timeOf(time),
      level: this.#levelOf(level),
      message: typeof message === "string" ? message : undefined,
      fields,
      error: isError ? error : undefined,
    });
  }

  #levelOf(level: unknown): string {
    if (typeof level !== "number") return typeof level === "string" ? level.toLowerCase() : "info";
    return this.#names.levels?.labels?.[level] ?? levelNameOf(level);
  }

  /** The last logger's is remembered. */
  #linesOf(logger: string | undefined): LineWriter {
    if (this.#writer.logger !== logger) this.#writer = { logger, lines: new LineWriter(this.#shape, logger) };
    return this.#writer.lines;
  }
}

const MESSAGE = ',"msg":"';

const ID_START = `,"${ID_FIELD}":"`;

/** Source: pino, "API", `options.base` and `options.timestamp`: level, time, pid and hostname come first. */
function headOf(pid: number, host: string): RegExp {
  const escaped = JSON.stringify(host).replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return new RegExp(`^\\{"level":(\\d{1,9}),"time":(\\d{1,15}),"pid":${pid},"hostname":${escaped},`);
}

/** Whether a line is ECS already, as @elastic/ecs-pino-format writes it. */
function isEcs(line: string): boolean {
  return (line.startsWith('{"log.level":"') || line.startsWith('{"@timestamp":"')) && line.endsWith("}");
}

/** Whether a string that begins where a line has its message is the last member of the line. */
function endsAsString(line: string, message: number): boolean {
  if (message < 0 || !line.endsWith('"}')) return false;
  for (let at = line.indexOf('"', message + MESSAGE.length); at >= 0; at = line.indexOf('"', at + 1)) {
    let start = at;
    while (line[start - 1] === "\\") start--;
    if ((at - start) % 2 === 0) return at === line.length - 2;
  }
  return false;
}

function parsedObjectIn(line: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Returns a line of ECS with an id of its own; undefined if it is too long. */
function withNewId({ [ID_FIELD]: id, event, ...ecs }: Record<string, unknown>): WrittenLine | undefined {
  const { id: inner, ...rest } = (typeof event === "object" && event !== null ? event : {}) as Record<string, unknown>;
  const given = id ?? inner;
  const text = JSON.stringify({
    ...ecs,
    ...(event !== undefined && { event: inner === undefined ? event : rest }),
    ...(given !== undefined && { [`${ID_FIELD}_`]: given }),
    [ID_FIELD]: lineId(),
  });
  return fitsLine(text) ? { text, unsayable: 0, isCut: false } : undefined;
}

/**
 * Takes pino's level and time out of a line's fields. They are its first members: if an application logs fields of these names, or a
 * text of a stranger's that has them, theirs follow, and are what a parser sees. What `formatters.level` writes under another name, such
 * as `severity`, is the level, too, and stays a field.
 *
 * @param others names of what is no level, even if it comes first
 */
function ownMembers(
  line: string,
  fields: Record<string, unknown>,
  others: readonly string[],
): { level: unknown; time: unknown } {
  const head = FIRST_MEMBERS.exec(line);
  const members = (head ? JSON.parse(`${head[0]}}`) : fields) as Record<string, unknown>;
  const [first = "", text] = Object.entries(members)[0] ?? [];
  const isFormatted = head && ![...others, "name", "pid", "hostname"].includes(first);
  const { time, level = isFormatted ? text : undefined } = members;
  if (fields.level === level) delete fields.level;
  if (fields.time === time) delete fields.time;
  return { level, time };
}

/** Source: pino, "API", `formatters.level`: what it returns comes before the time. */
const FIRST_MEMBERS =
  /^\{(?:"(?!time")[^"\\]{1,40}":(?:\d{1,9}|"[^"\\]{0,40}"),){1,3}"time":(?:\d{1,15}|"[^"\\]{0,40}")/;

/** A time as pino writes it by its functions: milliseconds, seconds, or ISO 8601. */
function timeOf(time: unknown): number | string {
  if (typeof time === "string" && !Number.isNaN(Date.parse(time))) return time;
  return typeof time === "number" && Math.abs(time) <= MAX_TIME ? millisecondsOf(time) : Date.now();
}

const millisecondsOf = (time: number): number => (time >= MIN_SECONDS && time < MAX_SECONDS ? time * 1000 : time);

/** Source: ECMAScript, "Time Values and Time Range". */
const MAX_TIME = 8.64e15;

/** 2001 to 2286 in seconds; in milliseconds, some months of 1970. */
const [MIN_SECONDS, MAX_SECONDS] = [1e9, 1e10];
