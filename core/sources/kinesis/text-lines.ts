/** Control characters that never occur in text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const BINARY = /[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]/;

/** As `BINARY`, and what stands for bytes that are not UTF-8. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const BINARY_OR_INVALID = /[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\ufffd]/;

/** Length from which a line is no accident: of records of 100 KB of random bytes, one in 130 has such a line. */
const MIN_LENGTH = 8;

/** The lines of a text that are not blank. */
export function nonBlankLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "");
}

/** Whether a record is binary data. One that has a line of text is not: no line may hide those beside it. */
export function isBinary(text: string): boolean {
  return (
    BINARY.test(text) && !nonBlankLines(text).some((line) => line.length >= MIN_LENGTH && !BINARY_OR_INVALID.test(line))
  );
}
