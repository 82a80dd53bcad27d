import { mkdirSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { join } from "node:path";

/** The file that a profile is written to: its label, of which letters, digits and dots stay. */
const fileNameOf = (label: string): string => `${label.replace(/[^\w.]+/g, "-").replace(/-$/, "")}.cpuprofile`;

/**
 * Node.js flags that make a process write its CPU profile when it ends.
 *
 * @param folder where to; undefined: no profile
 * @param label names the file; the same label overwrites
 */
export function profileFlags(folder: string | undefined, label: string): string[] {
  return folder === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${folder}`, `--cpu-prof-name=${fileNameOf(label)}`];
}

/** Does the work in this process, and writes the CPU profile of it, even if it fails. */
export async function profiled<Result>(
  folder: string | undefined,
  label: string,
  work: () => Promise<Result>,
): Promise<Result> {
  if (folder === undefined) return work();
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.start");
  try {
    return await work();
  } finally {
    const { profile } = await session.post("Profiler.stop");
    session.disconnect();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, fileNameOf(label)), JSON.stringify(profile));
  }
}
