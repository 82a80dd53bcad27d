import type { HeaderDescription, LayoutDescription, SignedBeginning } from "../parsers/line-description";
import { documentEntries, MESSAGE_SLOT, type ProgramOptions, REST_SLOT } from "./field-document";
import { fieldsOf } from "./field-program";
import { stepOfForm, type WritePattern, writtenSteps } from "./field-steps";
import { writeMatcher } from "./layout-matcher";
import { memberTable } from "./member-table";
import { nameTable } from "./name-table";
import type { ProgramWriter } from "./program-writer";

/** Beside assembly/fields/program-words.ts: in the place of a split. */
const IS_LAYOUT = 32;
const IS_OF_MEMBERS = 256;

/** Texts are looked for as 16 bytes: what begins as one of them is left to the parser, too. */
const MAX_TEXT = 16;

/**
 * The same as `writeProgram`, of messages that have a layout, or are objects: assembly/fields/layout.ts documents it.
 *
 * @returns its address
 * @throws Error for a layout that the encoder cannot read, or if its memory has no room
 */
export function writeLayoutProgram(
  layout: LayoutDescription,
  signed: SignedBeginning | undefined,
  options: ProgramOptions,
  writer: ProgramWriter,
): number {
  const { table, parts, members, without = [] } = layout;
  const fields = fieldsOf(layout, signed, writer, writePattern);
  const hasMembers = layout.message === "restOrMembers" || layout.message === "members";
  const document = documentEntries(
    table.shape,
    { ...options, message: messageOf(layout, options), hasMembers },
    writer,
  );
  const texts = without.map((text) => writer.text(JSON.stringify(text).slice(1, -1).slice(0, MAX_TEXT)));
  const taken = new Set([...table.shape.map(({ name }) => name), ...(options.eventOriginal ? ["event"] : [])]);
  const takenNames = [...taken].map((name) => writer.text(name));
  return writer.words([
    members ? IS_OF_MEMBERS : IS_LAYOUT,
    0,
    ...fields.columns,
    // Of lines alone.
    ...[0, 0, 0, 0, 0, 0],
    ...fields.others,
    ...document,
    // No time: of lines of objects alone.
    0,
    members ? memberTable(members, 0, writer) : writeMatcher(parts, writer),
    ...[writer.words(texts.flat()), texts.length],
    hasMembers ? 1 : 0,
    ...[writer.words(takenNames.flat()), takenNames.length],
    layout.header ? headerOf(layout.header, writer) : 0,
  ]);
}

/** As assembly/fields/header.ts documents it. */
function headerOf({ starts, values, needs }: HeaderDescription, writer: ProgramWriter): number {
  const names = [...values].map(([name, step]) => {
    // A value without a field is checked alone.
    const bytes = step.slots.length === 0 ? stepOfForm(step, writer) : writtenSteps([step], writer);
    return [name, writer.words([...writer.text(name), writer.bytes(bytes), name === needs ? 1 : 0])] as const;
  });
  return writer.words([writeMatcher(starts, writer), ...nameTable(names, writer)]);
}

const writePattern: WritePattern = (pattern, writer) => writeMatcher([{ pattern, columns: [], next: [] }], writer);

/** The slot of a document's `message`. */
function messageOf({ message }: LayoutDescription, { keepMessage }: ProgramOptions): number | undefined {
  if (message === "rest" || message === "restOrMembers") return REST_SLOT;
  if (message === "members") return undefined;
  return message === "whole" || keepMessage ? MESSAGE_SLOT : undefined;
}
