import { constants, createReadStream } from "node:fs";
import { access, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Readable } from "node:stream";
import { oneLine, shown } from "../../tools/text/one-line";

/** A `--file`, and where its lines go. */
export interface Input {
  /** As given; `-` is standard input. */
  readonly file: string;
  readonly logGroup: string;
}

/** A {@link Input} that can be read. */
export interface ReadableInput extends Input {
  /** What people call it: harmless to a terminal. */
  readonly name: string;
  readonly logStream: string;
  /** Pipes and the like can be read once only, and end when whoever writes them ends. */
  readonly isStream: boolean;
  open(): AsyncIterable<Buffer>;
}

/** Where the lines of files go: `--log-group` is given once for all, or once for each `--file`, in the same order. */
export function pairInputs(
  files: readonly string[],
  logGroups: readonly string[],
  defaultLogGroup: string,
): { inputs: Input[]; errors: string[] } {
  const errors: string[] = [];
  if (logGroups.length > 1 && logGroups.length !== files.length) {
    errors.push(
      `--log-group is given ${logGroups.length} times and --file ${times(files.length)}; give --log-group once for all files, or once for each, in the same order`,
    );
  }
  if (files.filter((file) => file === "-").length > 1) {
    errors.push("--file - is given more than once; standard input can be read once only");
  }
  const inputs = files.map((file, n) => {
    return { file, logGroup: (logGroups.length > 1 ? logGroups[n] : logGroups[0]) ?? defaultLogGroup };
  });
  return { inputs, errors };
}

/** Thrown for lines that cannot be read or put; its message tells people why. */
export class InputError extends Error {
  override readonly name = "InputError";
}

/** How much of a file one read takes. */
export const READ_BYTES = 256 * 1024;

/** @throws InputError when it cannot be read */
export async function readableInput(input: Input, stdin: Readable = process.stdin): Promise<ReadableInput> {
  const { file } = input;
  if (file === "-") {
    return { ...input, name: "standard input", logStream: "stdin", isStream: true, open: () => stdin };
  }
  try {
    const info = await stat(file);
    if (info.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
    await access(file, constants.R_OK);
    // Log stream names may have neither of the two.
    const logStream = /^\/(dev|proc\/self)\/fd\//.test(file) ? "pipe" : basename(file).replace(/[:*]/g, "_");
    const read = () => createReadStream(file, { highWaterMark: READ_BYTES });
    return { ...input, name: shown(file), logStream, isStream: !info.isFile(), open: read };
  } catch (error) {
    throw unreadable(file, error as NodeJS.ErrnoException);
  }
}

/** For what goes wrong when a file is opened or read. */
export function unreadable(file: string, error: NodeJS.ErrnoException): InputError {
  return new InputError(`--file ${shown(file)} cannot be read: ${REASONS[error.code ?? ""] ?? oneLine(error.message)}`);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "permission denied",
  EISDIR: "it is a directory",
  ENXIO: "it is a socket",
  ENOTDIR: "a part of its path is no directory",
  ELOOP: "its symbolic links lead in a circle",
};

const times = (count: number): string => (count === 1 ? "once" : `${count} times`);
