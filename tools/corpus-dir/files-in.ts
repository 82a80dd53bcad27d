import { type Dirent, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { oneLine } from "../text/one-line";

/** What a folder holds, folders below included. */
export interface FolderListing {
  /** Paths in the folder, in their order. */
  readonly names: readonly string[];
  /** What could not be looked at, one sentence each. */
  readonly notes: readonly string[];
}

/** Files that lie beside logs and are none. */
const NO_LOG = /^(\.|(readme|licen[cs]e|notice)(\.[^/]*)?$)/i;

/**
 * The files of a folder that may be logs. Links to files count, links to folders do not, so that no way is endless.
 *
 * @throws Error when the folder itself cannot be read; what cannot be read below it is left out with a note
 */
export function listFiles(folder: string): FolderListing {
  const names: string[] = [];
  const notes: string[] = [];
  const leaveOut = (name: string, reason: string) => notes.push(oneLine(`${name}: not read, as ${reason}`));

  function take(entry: Dirent, name: string): void {
    try {
      if (entry.isDirectory()) {
        if (!entry.name.startsWith(".")) walk(name);
        return;
      }
      if (NO_LOG.test(entry.name)) return;
      const stat = statSync(join(folder, name));
      if (stat.isFile()) names.push(name);
      else leaveOut(name, stat.isDirectory() ? "it is a link to a folder" : "it is no file");
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

/** Why there is nothing under the name that the folder lists; undefined: a link to nowhere, or it was removed just now. */
function entryReason({ code, message }: NodeJS.ErrnoException, name: string): string | undefined {
  if (code === "ENOENT") return name.includes("\ufffd") ? "its name is not UTF-8" : undefined;
  return ENTRY_REASONS[code ?? ""] ?? message;
}

const ENTRY_REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  ELOOP: "its links lead in a circle",
};
