import { readdirSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { oneLine } from "../text/one-line";
import { readLines } from "./read-lines";

/** A file of real logs. */
export interface RealLog {
  /** Its path in the folder, harmless to a terminal. */
  readonly name: string;
  readonly lines: readonly string[];
}

export interface RealLogs {
  readonly folder: string;
  /** In the order of their names; each has at least one line. */
  readonly files: readonly RealLog[];
  /** What was not taken, one sentence for each file. */
  readonly notes: readonly string[];
}

/** How many lines of all files are taken, so that tests of a large folder end too. */
export const MOST_LINES = 50_000;

/** Files that lie beside logs and are none. */
const NO_LOG = /(^|\/)(\.|(readme|licen[cs]e|notice)(\.[^/]*)?$)/i;

/**
 * The real logs in the folder that the environment variable CORPUS_DIR names; undefined: it names none.
 *
 * @throws Error when there is no such folder, or no text in it
 */
export function realLogs(env: NodeJS.ProcessEnv = process.env): RealLogs | undefined {
  if (!env.CORPUS_DIR) return undefined;
  const folder = resolve(env.CORPUS_DIR);
  const files: RealLog[] = [];
  const notes: string[] = [];
  let room = MOST_LINES;
  let unread = 0;
  for (const path of filesIn(folder)) {
    if (room === 0) {
      unread++;
      continue;
    }
    const name = oneLine(path);
    const text = readable(join(folder, path));
    if (typeof text === "string") notes.push(`${name}: not read, as ${text}`);
    else if (text.lines.length === 0) notes.push(`${name}: has no line with text`);
    else {
      const lines = text.lines.slice(0, room);
      room -= lines.length;
      files.push({ name, lines });
      if (text.leftOut > 0) notes.push(`${name}: without ${count(text.leftOut)} lines that are not UTF-8 or too long`);
      if (text.isCut || lines.length < text.lines.length)
        notes.push(`${name}: only its first ${count(lines.length)} lines`);
    }
  }
  if (unread > 0) notes.push(`${unread} more files: not read, as those before them have ${count(MOST_LINES)} lines`);
  if (files.length > 0) return { folder, files, notes };
  const found = notes.length > 0 ? `: ${notes.slice(0, 5).join("; ")}` : "";
  throw new Error(`CORPUS_DIR=${oneLine(folder)} holds no log that is text, gzipped or not${found}. ${REMEDY}`);
}

const REMEDY = "Name a folder of log files, or unset CORPUS_DIR to use generated lines alone.";

/** @throws Error when the folder cannot be read */
function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => relative(folder, path))
      .filter((name) => !NO_LOG.test(name) && statSync(join(folder, name), { throwIfNoEntry: false })?.isFile())
      .sort();
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

/** The text of a file, or why there is none. */
function readable(path: string) {
  try {
    return readLines(path) ?? "it is no text";
  } catch (error) {
    return oneLine((error as Error).message);
  }
}

const count = (n: number): string => n.toLocaleString("en-US");
