import { isUtf8 } from "node:buffer";
import { eventBytes, LIMITS, MAX_MESSAGE_BYTES } from "../put-log-events";
import { readStart } from "./read-start";

/** Maximum size and number of lines of a file that are used, so that a test of one file takes seconds. */
export const FILE_LIMITS = { bytes: 8 * 1024 * 1024, lines: 10_000 } as const;

export interface FileText {
  /** Non-empty lines that CloudWatch Logs accepts. */
  readonly lines: readonly string[];
  /** Number of lines that are not UTF-8. */
  readonly notUtf8: number;
  /** Number of lines that are too long for CloudWatch Logs. */
  readonly tooLong: number;
  /** Whether the file has further lines. */
  readonly isCut: boolean;
}

/**
 * Reads the first lines of a text file, gzipped or not; undefined for a binary file or a damaged gzip.
 *
 * @throws Error when the file cannot be read
 */
export function readLines(path: string): FileText | undefined {
  const start = readStart(path, FILE_LIMITS.bytes);
  if (start === undefined || start.content.includes(0)) return undefined;
  const { content, isWhole } = start;
  // The last line may be incomplete where reading stopped.
  const end = isWhole ? content.length : content.lastIndexOf("\n") + 1;
  const all = split(content.subarray(0, end));
  const utf8 = all.filter((line) => line !== undefined);
  const fit = utf8.filter((line) => eventBytes(line) <= LIMITS.bytesPerCall);
  const withText = fit.filter((line) => line !== "");
  const lines = withText.slice(0, FILE_LIMITS.lines);
  return {
    lines,
    notUtf8: all.length - utf8.length,
    tooLong: utf8.length - fit.length + (content.length - end > MAX_MESSAGE_BYTES ? 1 : 0),
    isCut: !isWhole || lines.length < withText.length,
  };
}

/** Lines that end in LF or CRLF; undefined for one that is not UTF-8. */
function split(text: Buffer): (string | undefined)[] {
  if (isUtf8(text)) return text.toString("utf8").split(/\r?\n/);
  // In Latin-1 every byte is a character, and a line break is never part of another one.
  return text
    .toString("latin1")
    .split(/\r?\n/)
    .map((line) => Buffer.from(line, "latin1"))
    .map((line) => (isUtf8(line) ? line.toString("utf8") : undefined));
}
