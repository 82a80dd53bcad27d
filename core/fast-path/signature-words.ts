import type { SignedBeginning } from "../parsers/line-description";
import { mayBothFit } from "./pattern-automaton";
import { patternTable } from "./pattern-table";
import type { ProgramWriter } from "./program-writer";

/**
 * Writes how messages of a format begin, for a program of a parser of several.
 *
 * @returns the address of its pattern, 0 without one; and that of those which must not fit, and their number
 */
export function signatureWords(
  signed: SignedBeginning | undefined,
  writer: ProgramWriter,
): readonly [signature: number, earlier: number, length: number] {
  if (signed === undefined) return [0, 0, 0];
  const patternOf = (pattern: RegExp): number => writer.shared(patternTable(pattern));
  const earlier = signed.earlier.filter((one) => mayBothFit(signed.signature, one)).map(patternOf);
  return [patternOf(signed.signature), writer.words(earlier), earlier.length];
}
