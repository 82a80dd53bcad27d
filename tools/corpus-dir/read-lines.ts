import { isUtf8 } from "node:buffer";
import { closeSync, openSync, readSync } from "node:fs";
import { constants, gunzipSync } from "node:zlib";
import { eventBytes, LIMITS } from "../put-log-events";

/** How much of a file is read, and how many of its lines are taken: a test of one file stays one of seconds. */
export const FILE_LIMITS = { bytes: 8 * 1024 * 1024, lines: 10_000 } as const;

export interface FileText {
  /** Lines with text that CloudWatch Logs takes. */
  readonly lines: readonly string[];
  /** Of the lines that were read, those that are not UTF-8 or too long for CloudWatch Logs. */
  readonly leftOut: number;
  /** The file goes on behind the lines that were taken. */
  readonly isCut: boolean;
}

/**
 * The first lines of a text file, gzipped or not; undefined: it is binary, or its gzip is damaged.
 *
 * @throws Error when the file cannot be read
 */
export function readLines(path: string): FileText | undefined {
  const start = readStart(path);
  const text = inflated(start.content);
  if (text === undefined || text.includes(0)) return undefined;
  // Where the reading stopped, the last line may be half of one.
  const whole = start.isWhole ? text : text.subarray(0, text.lastIndexOf("\n") + 1);
  const all = split(whole);
  const fit = all.filter((line) => line !== undefined && eventBytes(line) <= LIMITS.bytesPerCall) as string[];
  const withText = fit.filter((line) => line !== "");
  const lines = withText.slice(0, FILE_LIMITS.lines);
  return { lines, leftOut: all.length - fit.length, isCut: !start.isWhole || lines.length < withText.length };
}

function readStart(path: string): { content: Buffer; isWhole: boolean } {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(FILE_LIMITS.bytes + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < buffer.length; length += read) {
      read = readSync(file, buffer, length, buffer.length - length, null);
    }
    return { content: buffer.subarray(0, Math.min(length, FILE_LIMITS.bytes)), isWhole: length < buffer.length };
  } finally {
    closeSync(file);
  }
}

function inflated(content: Buffer): Buffer | undefined {
  if (content[0] !== 0x1f || content[1] !== 0x8b) return content;
  try {
    // Takes the start of a gzip too.
    return gunzipSync(content, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return undefined;
  }
}

/** Lines that end in LF or CRLF; undefined stands for one that is not UTF-8. */
function split(text: Buffer): (string | undefined)[] {
  if (isUtf8(text)) return text.toString("utf8").split(/\r?\n/);
  // In Latin-1 every byte is a character, and a line break is never part of another one.
  return text
    .toString("latin1")
    .split(/\r?\n/)
    .map((line) => Buffer.from(line, "latin1"))
    .map((line) => (isUtf8(line) ? line.toString("utf8") : undefined));
}
