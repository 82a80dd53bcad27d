import type { FieldQuotes, LineDescription, LineForm, SignedBeginning } from "../parsers/line-description";
import { documentEntries, MAX_SLOTS, MESSAGE_SLOT, type ProgramOptions } from "./field-document";
import { jsonOf, stepOfForm, type WritePattern, writtenSteps } from "./field-steps";
import { patternTable } from "./pattern-table";
import type { ProgramWriter } from "./program-writer";
import { signatureWords } from "./signature-words";

/** Beside assembly/fields/split.ts. */
const SPLITS = { spaces: 0, tabs: 1, quoted: 2 } as const;
const SINGLE_SPACES = 4;
const NO_INNER_QUOTES = 8;
const ASCII = 16;

/** Beside assembly/fields/program.ts. */
const SHAPES: Readonly<Record<FieldQuotes, number>> = { none: 1, quotes: 2, brackets: 4, dash: 8 };

/**
 * Writes the program by which the encoder reads a format's lines and writes their documents: assembly/fields/program-words.ts documents it.
 *
 * @returns its address
 * @throws Error for a format that the encoder cannot read, or if its memory has no room
 */
export function writeProgram(
  line: LineDescription,
  signed: SignedBeginning | undefined,
  options: ProgramOptions,
  writer: ProgramWriter,
): number {
  const { table, forms, head, firstColumn = 0 } = line;
  if (options.isOfObject && !line.time) throw new Error("lines without a time");
  const patternOf = (pattern: RegExp): number => writer.shared(patternTable(pattern));
  const formEntries = forms.map((form) => formOf(form, patternOf, writer));
  const fields = fieldsOf(line, signed, writer);
  const message = options.keepMessage ? MESSAGE_SLOT : undefined;
  const document = documentEntries(table.shape, { message, ...options }, writer);
  return writer.words([
    splitOf(line),
    firstColumn,
    ...fields.columns,
    ...[writer.words(formEntries.flat()), formEntries.length],
    line.isByEvidence ? 1 : 0,
    line.minFields ?? 1,
    ...[(head?.column ?? 0) - firstColumn, head?.maxBytes ?? 0],
    ...fields.others,
    ...document,
    options.isOfObject ? writer.bytes(timeOf(line, writer)) : 0,
  ]);
}

const timeOf = ({ time, firstColumn = 0 }: LineDescription, writer: ProgramWriter): Buffer =>
  stepOfForm(time && { ...time, columns: time.columns?.map((column) => column - firstColumn) }, writer);

/** What programs of lines and of layouts have at the same places. */
export function fieldsOf(
  { table, derived = [] }: Pick<LineDescription, "table" | "derived">,
  signed: SignedBeginning | undefined,
  writer: ProgramWriter,
  writePattern?: WritePattern,
) {
  if (table.slots > MAX_SLOTS) throw new Error(`more than ${MAX_SLOTS} fields`);
  const steps = table.steps.map((each) => [writer.bytes(writtenSteps(each, writer)), each.length]);
  const derivedList = writer.bytes(writtenSteps(derived, writer, writePattern));
  const constants = table.constants.map(([slot, text]) => [slot, ...writer.text(jsonOf(text))]);
  return {
    columns: [writer.words(steps.flat()), steps.length],
    others: [
      ...[derivedList, derived.length],
      ...[writer.words(constants.flat()), constants.length],
      ...signatureWords(signed, writer),
    ],
  };
}

function formOf(
  { column, is, in: quotes = [] }: LineForm,
  patternOf: (pattern: RegExp) => number,
  writer: ProgramWriter,
) {
  const shapes = quotes.reduce((all, each) => all + SHAPES[each], 0);
  if (is instanceof RegExp) return [column, patternOf(is), 0, shapes];
  return [column, 0, is === undefined ? 0 : writer.bytes(stepOfForm(is.step, writer)), shapes];
}

const splitOf = ({ split, hasSingleSpaces, hasNoInnerQuotes, isAscii }: LineDescription): number =>
  SPLITS[split] +
  (hasSingleSpaces ? SINGLE_SPACES : 0) +
  (hasNoInnerQuotes ? NO_INNER_QUOTES : 0) +
  (isAscii ? ASCII : 0);
