import { constants } from "node:fs";
import { access, readdir, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { oneLine, shown } from "../../tools/text/one-line";
import { unreadable } from "../log-events/inputs";
import { hasContent } from "./content";

/** A file of access logs, as it will be an object. */
export interface AccessLogFile {
  readonly path: string;
  /** Its name in messages, safe for a terminal. */
  readonly name: string;
  /** At least 1. */
  readonly bytes: number;
  /** When it was written, in milliseconds since the epoch. */
  readonly modified: number;
}

export const ACCESS_LOGS_OPTION = "--access-logs";

/** Such as `.DS_Store`, and what an interrupted download leaves. */
const isHidden = (path: string): boolean => path.split(sep).some((part) => part.startsWith("."));

/**
 * Finds the files of `--access-logs`: files, and all files below folders, such as those of `aws s3 sync`. Empty files of a folder,
 * also those of gzip without content, are left out: S3 has them for folders.
 *
 * @returns each file once; and sentences about what cannot be read
 */
export async function accessLogFiles(
  paths: readonly string[],
): Promise<{ files: readonly AccessLogFile[]; errors: readonly string[] }> {
  const files = new Map<string, AccessLogFile>();
  const errors: string[] = [];
  for (const path of paths) {
    try {
      const found = await filesAt(path);
      if (found.length === 0) errors.push(`${ACCESS_LOGS_OPTION} ${shown(path)} has no content.`);
      for (const file of found) files.set(file.path, file);
    } catch (error) {
      errors.push(...unreadable(path, error as NodeJS.ErrnoException, ACCESS_LOGS_OPTION).errors);
    }
  }
  return { files: [...files.values()], errors };
}

/** @throws Error of the file system */
async function filesAt(path: string): Promise<AccessLogFile[]> {
  const info = await stat(path);
  if (info.isFile()) return existing([path]);
  if (!info.isDirectory()) throw new Error("it is a stream; only whole files become objects");
  const below = await readdir(path, { recursive: true, withFileTypes: true });
  const paths = below.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return existing(paths.filter((each) => !isHidden(each.slice(path.length))).sort());
}

async function existing(paths: readonly string[]): Promise<AccessLogFile[]> {
  const files: AccessLogFile[] = [];
  for (const path of paths) {
    await access(path, constants.R_OK);
    const { size: bytes, mtimeMs: modified } = await stat(path);
    if (await hasContent(path)) files.push({ path, name: oneLine(path), bytes, modified });
  }
  return files;
}
