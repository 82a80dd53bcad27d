import { join, resolve } from "node:path";
import { count } from "../text/numbers";
import { oneLine } from "../text/one-line";
import { type FolderListing, listFiles } from "./files-in";
import { FILE_LIMITS, type FileText, readLines } from "./read-lines";

/** A file of real logs. */
export interface RealLog {
  /** Its path relative to the folder, safe for a terminal. */
  readonly name: string;
  readonly lines: readonly string[];
}

export interface RealLogs {
  readonly folder: string;
  /** Sorted by name; each has at least one line. */
  readonly files: readonly RealLog[];
  /** Skipped content, one sentence for each file or folder. */
  readonly notes: readonly string[];
}

/** Maximum number of lines of all files, so that tests with a large folder end in time. */
export const MAX_LINES = 50_000;

/**
 * Reads the real logs in the folder that the environment variable CORPUS_DIR names; undefined without CORPUS_DIR.
 *
 * @throws Error when the folder does not exist or has no text file
 */
export function realLogs(env: NodeJS.ProcessEnv = process.env): RealLogs | undefined {
  if (!env.CORPUS_DIR) return undefined;
  const folder = resolve(env.CORPUS_DIR);
  const files: RealLog[] = [];
  const found = listing(folder);
  const notes = [...found.notes];
  let room = MAX_LINES;
  let unread = 0;
  for (const path of found.names) {
    if (room === 0) {
      unread++;
      continue;
    }
    const name = oneLine(path);
    const text = readable(join(folder, path));
    if (typeof text === "string") notes.push(`${name}: not read, because ${text}`);
    else if (text.lines.length === 0) notes.push(`${name}: ${withoutLines(text)}`);
    else {
      const lines = text.lines.slice(0, room);
      room -= lines.length;
      files.push({ name, lines });
      if (text.notUtf8 + text.tooLong > 0) notes.push(`${name}: some lines are skipped: ${leftOut(text)}`);
      if (text.isCut || lines.length < text.lines.length)
        notes.push(`${name}: only its first ${count(lines.length)} lines`);
    }
  }
  if (unread > 0)
    notes.push(`${unread} more files: not read, because the files before them have ${count(MAX_LINES)} lines`);
  if (files.length > 0) return { folder, files, notes };
  const why = notes.length > 0 ? `: ${notes.slice(0, 5).join("; ")}` : "";
  throw new Error(`CORPUS_DIR=${oneLine(folder)} has no text file, gzipped or not${why}. ${REMEDY}`);
}

const REMEDY = "Name a folder of log files, or unset CORPUS_DIR to use only generated lines.";

/** @throws Error when the folder cannot be read */
function listing(folder: string): FolderListing {
  try {
    return listFiles(folder);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(
      `CORPUS_DIR=${oneLine(folder)} cannot be read: ${REASONS[code ?? ""] ?? oneLine(message)}. ${REMEDY}`,
    );
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such folder",
  ENOTDIR: "it is not a folder",
  EACCES: "permission denied",
};

/** The lines of a file, or why it has none. */
function readable(path: string) {
  try {
    return readLines(path) ?? "it is not text";
  } catch (error) {
    return oneLine((error as Error).message);
  }
}

function withoutLines(text: FileText): string {
  const where = text.isCut ? ` in its first ${FILE_LIMITS.bytes / 1024 ** 2} MiB` : "";
  const reasons = leftOut(text);
  return reasons ? `has no usable line${where}: ${reasons}` : `has no line with text${where}`;
}

/** @returns "2 are not UTF-8, 1 is too long for CloudWatch Logs" */
function leftOut({ notUtf8, tooLong }: FileText): string {
  const counts = [
    [notUtf8, "not UTF-8"],
    [tooLong, "too long for CloudWatch Logs"],
  ] as const;
  return counts
    .filter(([n]) => n > 0)
    .map(([n, what]) => `${count(n)} ${n === 1 ? "is" : "are"} ${what}`)
    .join(", ");
}
