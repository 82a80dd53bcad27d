import type { FieldValue } from "../parsers/parsed-message";
import { SpanOp } from "../parsers/span-ops";
import type { ReaderStep, SpanStep } from "../parsers/span-step";
import { fieldText } from "../sinks/opensearch/field-text";
import { memberTable } from "./member-table";
import type { ProgramWriter } from "./program-writer";

/** Beside assembly/fields/step.ts and read.ts. */
const NEVER_NEGATIVE = 1;
const OR_ABSENT = 2;
const NO_FIELD = 255;

/** Beside assembly/fields/tables.ts. */
const OTHERS_ARE_TEXTS = 2;

/** A slot that no document has: assembly/fields/slots.ts. */
const NO_SLOT = 126;

/** Words are compared as 16 bytes. */
const MAX_WORD = 16;

/** Beside assembly/fields/json-error.ts: no layout has more columns. */
const FIRST_ERROR_COLUMN = 32;

/** Writes what matches a pattern in a message's layout, and returns its address: lines have none. */
export type WritePattern = (pattern: RegExp, writer: ProgramWriter) => number;

const noPattern: WritePattern = (pattern) => {
  throw new Error(`no layout has ${pattern}`);
};

/** The steps of the encoder, one after the other. @throws Error for one that it cannot have */
export function writtenSteps(
  steps: readonly SpanStep[],
  writer: ProgramWriter,
  writePattern: WritePattern = noPattern,
): Buffer {
  return Buffer.concat(steps.map((step) => stepOf(step, writer, writePattern)));
}

/** The same of one whose value is no field. */
export const stepOfForm = (step: ReaderStep | SpanStep | undefined, writer: ProgramWriter): Buffer =>
  stepOf({ ...(step ?? { op: SpanOp.other }), slots: [NO_SLOT] }, writer, noPattern);

function stepOf(step: SpanStep, writer: ProgramWriter, writePattern: WritePattern): Buffer {
  const bytes = Buffer.alloc(16);
  const [slots, first, second, last] = argumentsOf(step, writer, writePattern);
  bytes.set([step.op, ...slots.map((slot) => slot ?? NO_FIELD)]);
  bytes.writeUInt32LE(first, 4);
  bytes.writeUInt32LE(second, 8);
  bytes.writeUInt32LE(last, 12);
  return bytes;
}

type Arguments = readonly [slots: readonly (number | undefined)[], first: number, second: number, last: number];

function argumentsOf(step: SpanStep, writer: ProgramWriter, writePattern: WritePattern): Arguments {
  const { op, slots, words = [], columns = [], prefix = "", separator = "", digits = 0 } = step;
  const flags = (step.isNeverNegative ? NEVER_NEGATIVE : 0) + (step.isOrAbsent ? OR_ABSENT : 0);
  const others = step.areOthersTexts ? OTHERS_ARE_TEXTS : step.hasOtherWords ? 1 : 0;
  const [firstColumn = 0, secondColumn = 0] = columns;
  switch (op) {
    case SpanOp.words:
    case SpanOp.wordsOfAnyCase: {
      const entries = words.flatMap(([word, value]) => [entryOf(word, writer), literal(value, writer)]);
      return [[slots[0], NO_FIELD, others], writer.words(entries.flat()), entries.length, flags];
    }
    case SpanOp.numbered:
      return [[slots[0], slots[1], others], literals(step, writer), words.length, flags];
    case SpanOp.outcome:
      return [slots, literals(step, writer), 0, flags];
    case SpanOp.list:
      return [slots, ...writer.text(JSON.stringify(separator).slice(1, -1)), flags];
    case SpanOp.hexBits:
      return [slots, literals(step, writer), words.length, flags];
    case SpanOp.textBut:
      return [slots, ...wordOf(words[0]![0], writer), flags];
    case SpanOp.wordBehind:
    case SpanOp.namedUtcTime:
      return [slots, ...wordOf(prefix, writer), flags];
    case SpanOp.nanoseconds:
      return [slots, digits, 0, flags];
    case SpanOp.requestLine:
      return [[], writer.bytes(Buffer.from(slots.map((slot) => slot ?? NO_SLOT))), 0, flags];
    case SpanOp.integerByPrefix: {
      const [address, length] = wordOf(prefix, writer);
      return [[slots[0], slots[1], length], firstColumn, secondColumn, address];
    }
    case SpanOp.decimalByBeginning: {
      const beginnings = words.flatMap(([word]) => wordOf(word, writer));
      return [slots, firstColumn + (secondColumn << 8), writer.words(beginnings), words.length];
    }
    case SpanOp.byPresence:
      return [slots, firstColumn, literals(step, writer), 0];
    case SpanOp.restOfWord: {
      const [address, length] = wordOf(prefix, writer);
      return [[slots[0], NO_FIELD, length], firstColumn, address, 0];
    }
    case SpanOp.anyPresence:
      return [[slots[0], firstColumn, secondColumn], columns[2]!, literals(step, writer), 0];
    case SpanOp.javaError:
      return [slots, writePattern(step.pattern!, writer), 0, 0];
    case SpanOp.pythonError:
    case SpanOp.pythonRuntimeError:
      return [slots, writePattern(step.pattern!, writer), ...textOf(prefix, writer)];
    case SpanOp.jsonError: {
      const sign = textOf(prefix, writer);
      if (sign[1] > MAX_WORD) throw new Error(`too long to be compared: ${prefix}`);
      const table = memberTable(step.members!, FIRST_ERROR_COLUMN, writer);
      return [slots, writePattern(step.pattern!, writer), table, writer.words(sign)];
    }
    case SpanOp.epochTime:
      return [slots, firstColumn, digits, 0];
    default:
      return [slots, firstColumn, secondColumn, flags];
  }
}

/** Beside assembly/fields/tables.ts. */
const IS_BEGINNING = 0x80000000;

/** A word, or the beginning of words. */
function entryOf(word: string, writer: ProgramWriter): readonly [number, number] {
  const isBeginning = word.endsWith("*");
  const [address, length] = wordOf(isBeginning ? word.slice(0, -1) : word, writer);
  return [address, isBeginning ? length + IS_BEGINNING : length];
}

function wordOf(word: string, writer: ProgramWriter): readonly [number, number] {
  if (!/^[ !#-[\]-~]*$/.test(word) || word.length > MAX_WORD) throw new Error(`no word of the encoder's: ${word}`);
  return writer.text(word);
}

/** A text of any length, as it is in a message's JSON string. */
const textOf = (text: string, writer: ProgramWriter): readonly [address: number, length: number] =>
  writer.text(JSON.stringify(text).slice(1, -1));

const literals = ({ words = [] }: SpanStep, writer: ProgramWriter): number =>
  writer.words(words.flatMap(([, value]) => literal(value, writer)));

/** A value of a document as JSON; none: it is undefined. */
function literal(value: FieldValue | undefined, writer: ProgramWriter): readonly [number, number] {
  return value === undefined ? [0, 0] : writer.text(jsonOf(value));
}

export function jsonOf(value: FieldValue): string {
  if (typeof value === "string") return fieldText(value);
  if (typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(",")}]`;
  throw new Error("the encoder has texts, booleans and lists of them only");
}
