import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { eventBytes, LIMITS } from "./batches";
import type { LogLine } from "./line";

export interface FileLines {
  readonly lines: readonly LogLine[];
  /** CloudWatch Logs takes no empty message, so empty lines are left out. */
  readonly emptyLines: number;
}

/**
 * A file's lines as events of one log stream, all with the time `now`, in milliseconds since the epoch. Lines end in LF
 * or CRLF.
 *
 * @throws Error when it cannot be read, is not UTF-8, has no line with text, or has a line that is too long
 */
export async function linesOfFile(path: string, logGroup: string, now: number): Promise<FileLines> {
  const content = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`--file ${path} cannot be read: ${REASONS[error.code ?? ""] ?? error.message}`);
  });
  const text = decode(content);
  if (text === undefined) throw new Error(`--file ${path} is not UTF-8 text; convert it, for instance by iconv`);
  const all = text.split(/\r?\n/);
  if (all.at(-1) === "") all.pop();
  const tooLong = all.findIndex((line) => eventBytes(line) > LIMITS.bytesPerCall);
  if (tooLong >= 0) {
    const bytes = Buffer.byteLength(all[tooLong]!);
    const most = LIMITS.bytesPerCall - LIMITS.eventOverheadBytes;
    throw new Error(`--file ${path}: line ${tooLong + 1} has ${bytes} bytes; CloudWatch Logs takes up to ${most}`);
  }
  // Log stream names may have neither of the two.
  const logStream = basename(path).replace(/[:*]/g, "_");
  const lines = all
    .filter((message) => message !== "")
    .map((message): LogLine => ({ logGroup, logStream, timestamp: now, message }));
  if (lines.length === 0) throw new Error(`--file ${path} has no line with text`);
  return { lines, emptyLines: all.length - lines.length };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "permission denied",
  EISDIR: "it is a directory",
};

function decode(content: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    return undefined;
  }
}
