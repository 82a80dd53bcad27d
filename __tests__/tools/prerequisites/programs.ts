import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Makes a program of a shell script. */
export async function program(path: string, script: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
}

/** A java that says this version of itself, as it does: on standard error. */
export const javaOf = (version: string) => `echo 'openjdk version "${version}" 2025-04-15' >&2`;
