import { errorMembers } from "./error-members";
import { ID_FIELD, TRUNCATED_FIELD } from "./field-names";
import { JsonText, type TextLimits } from "./json-text";
import { lineId } from "./line-id";
import { type LineShape, lineShape, type SourceOptions } from "./line-source";
import { OwnFields } from "./own-fields";
import { isoTime } from "./timestamps";
import { TooLongError } from "./too-long-error";

/**
 * Maximum size of a line with its line feed, in bytes: one that every record takes. Kinesis and Firehose agree on less than 1 MiB
 * (`KINESIS_LIMITS`, `FIREHOSE_LIMITS`), and CloudWatch Logs takes events of this size, too.
 */
export const MAX_LOG_LINE_BYTES = 1_000_000;

/** What is tried one after another until a line fits. */
const LIMITS: readonly Omit<TextLimits, "maxLength">[] = [
  { maxString: 900_000, maxItems: 100_000 },
  { maxString: 300_000, maxItems: 10_000 },
  { maxString: 100_000, maxItems: 1_000 },
  { maxString: 20_000, maxItems: 100 },
  { maxString: 2_000, maxItems: 20 },
];

/** What is logged. */
export interface LogEntry {
  /** Milliseconds since 1970, or a time that is a text already. */
  time: number | string;
  level: string;
  message: string | undefined;
  /** The program's own fields. */
  fields?: object | undefined;
  /** An error, or what a serializer has made of one: `type`, `message`, `stack` and others. */
  error?: object | undefined;
  /** Name of a field that is left out, because it is the error or the message. */
  except?: string | undefined;
}

/** A line without its line feed, and what became of the entry. */
export interface WrittenLine {
  text: string;
  /** How many values JSON cannot say. */
  unsayable: number;
  isCut: boolean;
}

/** Writes entries as lines: one JSON object each, with an id of its own (a random UUID), in which the library's fields are the library's. */
export class LineWriter {
  readonly #shape: LineShape;
  readonly #logger: string | undefined;
  readonly #bound: object;
  readonly #boundNames: readonly string[];
  /** Text of what is the same in each line: without and with the bound fields. */
  readonly #constants: string;
  readonly #constantsAndBound: string;
  /** Whether any of that was cut. */
  readonly #isCut: boolean;

  /**
   * @param logger name of the logger
   * @param bound fields of each line
   */
  constructor(shape: LineShape | SourceOptions, logger?: string, bound: object = {}) {
    this.#shape = "constants" in shape ? shape : lineShape(shape);
    this.#logger = logger;
    this.#bound = bound;
    const { names, constants } = this.#shape;
    const same = firstThatFits((json) => `${json.member(names.logger, logger)},${json.members(constants)}`);
    let own: OwnFields | undefined;
    const ownText = firstThatFits((json) => {
      own = new OwnFields(json, this.#shape, bound);
      return own.written();
    });
    this.#constants = same?.text ?? "";
    this.#constantsAndBound = this.#constants + (ownText?.text ?? "");
    this.#boundNames = ownText && own ? [...own.names] : [];
    this.#isCut = (same?.isCut ?? true) || (ownText?.isCut ?? true);
  }

  /** A writer of lines with more fields, or of another logger's. */
  child(bound: object, logger = this.#logger): LineWriter {
    return new LineWriter(this.#shape, logger, { ...this.#bound, ...copyOf(bound) });
  }

  /** Never throws: what cannot be read is left out, and counted. */
  write(entry: LogEntry): WrittenLine {
    for (const limits of LIMITS) {
      try {
        const json = new JsonText({ ...limits, maxLength: MAX_LOG_LINE_BYTES });
        const text = this.#written(entry, json);
        if (fitsLine(text)) return { text, unsayable: json.unsayable, isCut: json.isCut };
      } catch (error) {
        // A proxy that does not tell its members.
        if (!(error instanceof TooLongError)) return this.#withoutFields(entry, 1);
      }
    }
    return this.#withoutFields(entry, 0);
  }

  #withoutFields({ time, level, message }: LogEntry, unsayable: number): WrittenLine {
    const json = new JsonText({ ...LIMITS.at(-1)!, maxLength: MAX_LOG_LINE_BYTES });
    json.isCut = unsayable === 0 || this.#isCut;
    const text = this.#line(json, { time, level, message }, this.#constants, "");
    return { text, unsayable, isCut: json.isCut };
  }

  #written(entry: LogEntry, json: JsonText): string {
    const { fields, error, except } = entry;
    const own = fields && new OwnFields(json, this.#shape, fields);
    let rest = own?.written(except) ?? "";
    const overridesBound = own && this.#boundNames.some((name) => own.names.has(name));
    if (overridesBound) rest = this.#merged(json, { ...this.#bound, ...copyOf(fields ?? {}) }, except);
    else if (this.#isCut) json.isCut = true;
    if (error) rest += errorMembers(json, error, this.#shape, new Set([...(own?.names ?? []), ...this.#boundNames]));
    return this.#line(json, entry, overridesBound ? this.#constants : this.#constantsAndBound, rest);
  }

  #merged(json: JsonText, fields: object, except: string | undefined): string {
    return new OwnFields(json, this.#shape, fields).written(except);
  }

  #line(json: JsonText, { time, level, message }: LogEntry, constants: string, rest: string): string {
    const { names } = this.#shape;
    const text = `{"${names.time}":${typeof time === "number" ? `"${isoTime(time)}"` : json.string(time)}`;
    const said = message === undefined ? "" : `,"${names.message}":${json.string(message)}`;
    const start = `${text},"${names.level}":${json.string(level)}${said}${constants}${rest}`;
    const cut = json.isCut ? `,"${TRUNCATED_FIELD}":"true"` : "";
    return `${start}${cut},"${ID_FIELD}":"${lineId()}"}`;
  }
}

/** Writes what is the same in each line by the first limits by which it fits; undefined if it never does, or does not tell its members. */
function firstThatFits(write: (json: JsonText) => string): { text: string; isCut: boolean } | undefined {
  for (const limits of LIMITS) {
    try {
      const json = new JsonText({ ...limits, maxLength: MAX_LOG_LINE_BYTES });
      return { text: write(json), isCut: json.isCut };
    } catch (error) {
      if (!(error instanceof TooLongError)) return undefined;
    }
  }
  return undefined;
}

/** A copy whose members can be read, of an object that may be a proxy or have getters. */
function copyOf(object: object): object {
  const json = new JsonText({ ...LIMITS[0]!, maxLength: MAX_LOG_LINE_BYTES });
  try {
    return Object.fromEntries(json.names(object).map((name) => [name, json.read(object, name)]));
  } catch {
    return {};
  }
}

/** Whether a text and a line feed are a line. A UTF-16 unit takes up to three bytes. */
export function fitsLine(text: string): boolean {
  return text.length * 3 < MAX_LOG_LINE_BYTES || Buffer.byteLength(text) < MAX_LOG_LINE_BYTES;
}
