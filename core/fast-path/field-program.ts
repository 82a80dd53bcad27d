import type { FieldQuotes, LineDescription, LineForm, SignedBeginning } from "../parsers/line-description";
import { documentEntries, MAX_SLOTS, type ProgramOptions } from "./field-document";
import { jsonOf, stepOfForm, writtenSteps } from "./field-steps";
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
 * Writes the program by which the encoder reads a format's lines and writes their documents: assembly/fields/program.ts documents it.
 *
 * @param signed how lines begin, where they may be of several formats
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
  if (table.slots > MAX_SLOTS) throw new Error(`more than ${MAX_SLOTS} fields`);
  const patternOf = (pattern: RegExp): number => writer.shared(patternTable(pattern));
  const steps = table.steps.map((each) => [writer.bytes(writtenSteps(each, writer)), each.length]);
  const columns = writer.words(steps.flat());
  const formEntries = forms.map((form) => formOf(form, patternOf, writer));
  const formList = writer.words(formEntries.flat());
  const derived = line.derived ?? [];
  const derivedList = writer.bytes(writtenSteps(derived, writer));
  const constants = table.constants.map(([slot, text]) => [slot, ...writer.text(jsonOf(text))]);
  const constantList = writer.words(constants.flat());
  const signature = signatureWords(signed, writer);
  const document = documentEntries(table.shape, options, writer);
  return writer.words([
    splitOf(line),
    firstColumn,
    ...[columns, steps.length],
    ...[formList, formEntries.length],
    line.isByEvidence ? 1 : 0,
    line.minFields ?? 1,
    ...[(head?.column ?? 0) - firstColumn, head?.maxBytes ?? 0],
    ...[derivedList, derived.length],
    ...[constantList, constants.length],
    ...signature,
    ...document,
    options.isOfObject ? writer.bytes(timeOf(line, writer)) : 0,
  ]);
}

const timeOf = ({ time, firstColumn = 0 }: LineDescription, writer: ProgramWriter): Buffer =>
  stepOfForm(time && { ...time, columns: time.columns?.map((column) => column - firstColumn) }, writer);

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
