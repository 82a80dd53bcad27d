import { statSync } from "node:fs";
import { dirname } from "node:path";
import { isNativeError } from "node:util/types";

interface SystemError {
  readonly code: string;
  readonly syscall?: string | undefined;
  readonly path?: string | undefined;
}

/** Error codes with a cause in the machine; any other code may be a defect of the program. */
const CODES: Readonly<Record<string, { readonly reason: string; advice(path: string | undefined): string }>> = {
  EACCES: { reason: "permission denied", advice: allowIt },
  EPERM: { reason: "permission denied", advice: allowIt },
  EROFS: {
    reason: "the file system is read-only",
    advice: () => "Run it in a copy of this repository on a writable file system.",
  },
  ENOSPC: { reason: "the disk is full", advice: () => "Free some space, and start again." },
  EDQUOT: { reason: "the disk quota is used up", advice: () => "Free some space, and start again." },
  ENOTDIR: {
    reason: "a part of this path is a file, not a folder",
    advice: () => "Move that file away, and start again.",
  },
  EEXIST: {
    reason: "a file of this name is in the way",
    advice: () => "Move that file away, and start again.",
  },
  EMFILE: { reason: "too many open files", advice: () => "Raise the limit: ulimit -n 4096." },
  ENFILE: { reason: "too many open files on this machine", advice: () => "End other programs, and start again." },
  EAGAIN: {
    reason: "the limit of processes is reached",
    advice: () => "Raise the limit of processes: ulimit -u, or that of the container.",
  },
  ENOMEM: { reason: "not enough memory", advice: () => "End other programs, or raise the container's limit." },
};

const ACTIONS: Readonly<Record<string, string>> = {
  mkdir: "created",
  mkdtemp: "created",
  open: "opened",
  scandir: "read",
  stat: "read",
  access: "read",
  spawn: "started",
};

/** The same errors, as other programs print them. */
const WORDS: readonly (readonly [code: string, words: RegExp])[] = [
  ["ENOSPC", /No space left on device/i],
  ["EDQUOT", /Disk quota exceeded/i],
  ["EROFS", /Read-only file system/i],
  ["EMFILE", /Too many open files/i],
  ["EACCES", /\[Errno 13\] Permission denied(?:: '(?<path>.+)')?/],
];

/** Explains an error of the operating system: a sentence and advice. Undefined for any other error. */
export function explainSystemError(error: unknown): string | undefined {
  const { code = "", syscall, path } = error as Partial<SystemError>;
  // With EEXIST, only mkdir found something other than a folder in the way.
  if (code === "EEXIST" && syscall !== "mkdir") return undefined;
  return isNativeError(error) && syscall !== undefined ? explain({ code, syscall, path }) : undefined;
}

/** The same for the output of a failed program, by the messages of Node.js or of the C library. */
export function explainSystemErrorIn(output: string): string | undefined {
  const node = /\b(?<code>E[A-Z]+): [^,\n]+, (?<syscall>\w+)(?: '(?<path>.+?)'(?: ->|,|$))?/m.exec(output)?.groups;
  const spawn = /\bspawn (?<path>.+) (?<code>E[A-Z]+)$/m.exec(output)?.groups;
  if (node) return explain(node as unknown as SystemError);
  if (spawn) return explain({ code: spawn.code!, syscall: "spawn", path: spawn.path });
  for (const [code, words] of WORDS) {
    const match = words.exec(output);
    if (match) return explain({ code, path: match.groups?.path });
  }
  return undefined;
}

function explain({ code, syscall = "", path }: SystemError): string | undefined {
  const known = CODES[code];
  if (!known) return undefined;
  const subject = path === undefined ? "" : `${path} cannot be ${ACTIONS[syscall] ?? "written"}: `;
  return `${capitalized(subject + known.reason)}.\n${known.advice(path)}`;
}

/** Names the folder's owner: most often an earlier run as root created it. */
function allowIt(path: string | undefined): string {
  const [place, owner] = (path !== undefined && nearestExisting(path)) || [];
  if (place === undefined) return "Give yourself the permission to write there, and start again.";
  // Not by name: in a container a user may have none.
  const user = process.getuid?.();
  if (user === undefined || owner === user) return `Make ${place} writable, and start again.`;
  return `${place} belongs to the user with the id ${owner}, and this runs as the one with the id ${user}. Change its owner (sudo chown -R ${user} …), or run as its owner.`;
}

/** The path or its nearest accessible parent, and the user id of its owner. */
function nearestExisting(path: string): [path: string, owner: number] | undefined {
  for (let place = path; ; place = dirname(place)) {
    try {
      return [place, statSync(place).uid];
    } catch {
      if (place === dirname(place)) return undefined;
    }
  }
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
