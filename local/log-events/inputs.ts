import { constants, createReadStream } from "node:fs";
import { access, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Readable } from "node:stream";
import { oneLine, shown } from "../../tools/text/one-line";
import { UsageError } from "../../tools/usage/usage-error";
import { OtherFormatError } from "./file-lines";
import { COMMAND_WORDS } from "./words";

/** A `--file`, and the log group for its lines. */
export interface Input {
  /** As given; `-` is standard input. */
  readonly file: string;
  readonly logGroup: string;
}

/** A {@link Input} that can be read. */
export interface ReadableInput extends Input {
  /** Its name in messages, safe for a terminal. */
  readonly name: string;
  readonly logStream: string;
  /** Whether it can be read only once, such as a pipe, and ends when its writer ends. */
  readonly isStream: boolean;
  open(): AsyncIterable<Buffer>;
}

/** Pairs files with log groups: `--log-group` is given once for all, or once for each `--file` in the same order. */
export function pairInputs(
  files: readonly string[],
  logGroups: readonly string[],
  defaultLogGroup: string,
): { inputs: Input[]; errors: string[] } {
  const errors: string[] = [];
  if (logGroups.length > 1 && logGroups.length !== files.length) {
    errors.push(
      `--log-group is given ${logGroups.length} times and --file ${times(files.length)}; give --log-group once for all files, or once for each, in the same order.`,
    );
  }
  if (files.filter((file) => file === "-").length > 1) {
    errors.push("--file - is given more than once; standard input can be read only once.");
  }
  const inputs = files.map((file, n) => {
    return { file, logGroup: (logGroups.length > 1 ? logGroups[n] : logGroups[0]) ?? defaultLogGroup };
  });
  return { inputs, errors };
}

/** Source: CloudWatch Logs API Reference, "CreateLogStream": 1 to 512 characters, neither : nor *. */
export const MAX_LOG_STREAM_NAME = 512;

/** Returns a file's name as a log stream may have it. */
export const logStreamName = (fileName: string): string => fileName.replace(/[:*]/g, "_");

/** Size of a read from a file. */
export const READ_BYTES = 256 * 1024;

/** Returns how to read an input. @throws UsageError when it cannot be read */
export async function readableInput(input: Input, stdin: Readable = process.stdin): Promise<ReadableInput> {
  const { file } = input;
  if (file === "-") {
    return { ...input, name: "standard input", logStream: "stdin", isStream: true, open: () => stdin };
  }
  try {
    const info = await stat(file);
    if (info.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
    await access(file, constants.R_OK);
    const logStream = /^\/(dev|proc\/self)\/fd\//.test(file) ? "pipe" : logStreamName(basename(file));
    const read = () => createReadStream(file, { highWaterMark: READ_BYTES });
    return { ...input, name: shown(file), logStream, isStream: !info.isFile(), open: read };
  } catch (error) {
    throw unreadable(file, error as NodeJS.ErrnoException);
  }
}

/** Returns the error for a file that cannot be opened or read. @param option that names it */
export function unreadable(file: string, error: NodeJS.ErrnoException, option = "--file"): UsageError {
  return new UsageError([`${option} ${shown(file)} cannot be read: ${reasonOf(error)}.`]);
}

/** Why a file cannot be opened or read: the end of a sentence. */
export const reasonOf = (error: NodeJS.ErrnoException, words = COMMAND_WORDS): string => {
  if (error instanceof OtherFormatError) return error.inWords(words);
  return REASONS[error.code ?? ""] ?? oneLine(error.message);
};

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "permission denied",
  EISDIR: "it is a directory",
  ENXIO: "it is a socket",
  ENOTDIR: "a part of its path is not a directory",
  ELOOP: "its symbolic links form a loop",
};

const times = (count: number): string => (count === 1 ? "once" : `${count} times`);
