import type { PairsDescription, SignedBeginning } from "../parsers/line-description";
import { documentEntries, type ProgramOptions, REST_SLOT } from "./field-document";
import { fieldsOf } from "./field-program";
import { nameTable } from "./name-table";
import type { ProgramWriter } from "./program-writer";

/** Beside assembly/fields/program-words.ts: in the place of a split. */
const IS_PAIRS = 64;

/**
 * The same as `writeProgram`, of messages that are nothing but pairs: assembly/fields/pairs.ts documents it.
 *
 * @returns its address
 * @throws Error for fields that the encoder cannot read, or if its memory has no room
 */
export function writePairsProgram(
  pairs: PairsDescription,
  signed: SignedBeginning | undefined,
  options: ProgramOptions,
  writer: ProgramWriter,
): number {
  const { table } = pairs;
  if (table.slots !== 1) throw new Error("pairs have one field of their own");
  const fields = fieldsOf(pairs, signed, writer);
  const document = documentEntries(table.shape, { ...options, message: REST_SLOT, hasMembers: true }, writer);
  const names = [pairs.field, pairs.message].flatMap((each, purpose) =>
    each.map((name, rank) => [name, writer.words([...writer.text(name), purpose, rank])] as const),
  );
  const roots = [...(options.eventOriginal ? ["event"] : []), table.shape[0]!.name];
  return writer.words([
    IS_PAIRS,
    0,
    ...fields.columns,
    // Of lines alone.
    ...[0, 0, 0, 0, 0, 0],
    ...fields.others,
    ...document,
    // No time: of lines of objects alone.
    0,
    ...nameTable(names, writer),
    options.keepMessage ? 1 : 0,
    ...[writer.words(roots.flatMap((name) => writer.text(name))), roots.length],
  ]);
}
