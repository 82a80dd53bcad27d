import { shown } from "../../tools/text/one-line";
import { unreadable } from "../log-events/inputs";
import { headOf, openContent } from "./content";
import { ACCESS_LOGS_OPTION, type AccessLogFile, accessLogFiles } from "./files";
import { formatOfText, type ObjectLogFormat } from "./format";
import { awsKeyOf } from "./keys";
import { fileRejection } from "./rejected-files";
import { type ScannedFile, scanContent } from "./scan";

/** A file of access logs that is to be put. */
export interface InspectedAccessLog extends AccessLogFile {
  /** By its content. @default no parser knows its lines: the function indexes them as text or JSON */
  readonly format: ObjectLogFormat | undefined;
  readonly isGzip: boolean;
  /** In the bucket. */
  readonly key: string;
  readonly expected: ScannedFile;
}

/** Reads the files of `--access-logs` once, to find every error before anything is put. */
export async function inspectAccessLogs(
  paths: readonly string[],
): Promise<{ files: readonly InspectedAccessLog[]; errors: readonly string[] }> {
  const found = await accessLogFiles(paths);
  const errors = [...found.errors];
  const files: InspectedAccessLog[] = [];
  const keys = new Set<string>();
  for (const file of found.files) {
    try {
      const inspected = await inspectAccessLog(file);
      if (typeof inspected === "string") {
        errors.push(`${ACCESS_LOGS_OPTION} ${shown(file.path)} cannot be put: ${inspected}.`);
        continue;
      }
      // Files of the same name in several folders; AWS's keys may have a prefix.
      let { key } = inspected;
      for (let n = 2; keys.has(key); n++) key = `${n}/${inspected.key}`;
      keys.add(key);
      files.push({ ...inspected, key });
    } catch (error) {
      errors.push(...unreadable(file.path, error as Error, ACCESS_LOGS_OPTION).errors);
    }
  }
  return { files, errors };
}

/**
 * Reads a file once.
 *
 * @param keyPath the path by which its key is chosen. @default its own
 * @returns why it is not put, as a part of a sentence
 * @throws Error of the file system
 */
export async function inspectAccessLog(file: AccessLogFile, keyPath = file.path): Promise<InspectedAccessLog | string> {
  const content = await openContent(file.path);
  const head = await headOf(content);
  const rejection = fileRejection(head);
  if (rejection) return rejection;
  const { isGzip } = content;
  const text = head.toString();
  const format = formatOfText(text);
  const expected = await scanContent(content, format, text);
  return { ...file, format, isGzip, key: awsKeyOf({ ...file, path: keyPath, isGzip, format }), expected };
}
