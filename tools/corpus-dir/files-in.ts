import { type Dirent, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { oneLine } from "../text/one-line";

/** The files in a folder and its subfolders. */
export interface FolderListing {
  /** Paths relative to the folder, sorted. */
  readonly names: readonly string[];
  /** Entries that could not be read, one sentence each. */
  readonly notes: readonly string[];
}

/** Files beside logs that are not logs. */
const NO_LOG = /^(\.|(readme|licen[cs]e|notice)(\.[^/]*)?$)/i;

/**
 * Lists the files of a folder that may be logs. It follows links to files, but not to folders, which could form a loop.
 *
 * @throws Error when the folder itself cannot be read; unreadable entries are left out with a note
 */
export function listFiles(folder: string): FolderListing {
  const names: string[] = [];
  const notes: string[] = [];
  const leaveOut = (name: string, reason: string) => notes.push(oneLine(`${name}: not read, because ${reason}`));

  function take(entry: Dirent, name: string): void {
    try {
      if (entry.isDirectory()) {
        if (!entry.name.startsWith(".")) walk(name);
        return;
      }
      if (NO_LOG.test(entry.name)) return;
      const stat = statSync(join(folder, name));
      if (stat.isFile()) names.push(name);
      else leaveOut(name, stat.isDirectory() ? "it is a link to a folder" : "it is not a file");
    } catch (error) {
      const reason = entryReason(error as NodeJS.ErrnoException, name);
      if (reason !== undefined) leaveOut(name, reason);
    }
  }

  function walk(below: string): void {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) take(entry, join(below, entry.name));
  }

  walk("");
  return { names: names.sort(), notes: notes.sort() };
}

/** Why a listed entry cannot be read; undefined for a broken link, or one that was just removed. */
function entryReason({ code, message }: NodeJS.ErrnoException, name: string): string | undefined {
  if (code === "ENOENT") return name.includes("\ufffd") ? "its name is not UTF-8" : undefined;
  return ENTRY_REASONS[code ?? ""] ?? message;
}

const ENTRY_REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  ELOOP: "its links form a loop",
};
