import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { git } from "./git";

/** The zips of a commit by their paths, each with its SHA-256. */
export const zipHashes = (commit: string): [path: string, hash: string][] =>
  git(["ls-tree", "-r", "--name-only", commit])
    .split("\n")
    .filter((path) => path.endsWith(".zip"))
    .map((path) => [path, createHash("sha256").update(blobOf(commit, path)).digest("hex")]);

const blobOf = (commit: string, path: string): Buffer =>
  execFileSync("git", ["cat-file", "blob", `${commit}:${path}`], { maxBuffer: 2 ** 27 });
