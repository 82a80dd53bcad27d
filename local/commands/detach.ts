import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { register, unregister } from "../../tools/processes/reaper";
import { temporaryDirectory } from "../../tools/processes/temporary-directory";
import { repositoryRoot } from "../../tools/repository";
import { oneLine } from "../../tools/text/one-line";
import { workingDirectories } from "../running";

/** Environment variable that passes the working directory to a detached process. */
export const DIRECTORY_VARIABLE = "LOGGING_PIPELINE_DIRECTORY";

/** Message of the started process once it is ready. */
export interface Ready {
  readonly exitCode: number;
}

const POLL_MS = 100;

/**
 * Runs `npm start` in a process of its own and shows its output until it is ready. From then on that process outlives
 * this one; before that it ends with it.
 *
 * @param args as on the command line, without --detach
 * @returns the exit code: that of the report when it is ready, or else how it ended
 */
export async function startDetached(args: readonly string[]): Promise<number> {
  const { path: directory } = await temporaryDirectory(workingDirectories);
  const log = join(directory, "start.log");
  const output = openSync(log, "w");
  const child = spawn(process.execPath, ["--import", "tsx", join("local", "main.ts"), ...args], {
    cwd: repositoryRoot,
    env: { ...process.env, [DIRECTORY_VARIABLE]: directory },
    detached: true,
    stdio: ["inherit", output, output, "ipc"],
  });
  closeSync(output);
  register("group", child.pid!);

  const show = follow(log);
  const showing = setInterval(show, POLL_MS);
  const ended = once(child, "exit").then(([code]) => (code as number | null) ?? 1);
  const ready = once(child, "message").then(([message]) => message as Ready);
  const outcome = await Promise.race([ended, ready]);
  clearInterval(showing);
  show();
  if (typeof outcome === "number") return outcome;

  unregister("group", child.pid!);
  unregister("directory", directory);
  child.disconnect();
  child.unref();
  console.log(`\n${inBackground(child.pid!, log)}`);
  return outcome.exitCode;
}

/** Says where the pipeline runs now, and how to end it. @param log path of its output */
export function inBackground(pid: number, log: string): string {
  return [
    `Running in the background (process ${pid}).`,
    oneLine(`Log: ${log}`),
    `End it: npm start -- stop --pid ${pid}`,
  ].join("\n");
}

/** @returns a function that copies what was appended to the file since its last call to this process's output */
function follow(path: string): () => void {
  const file = openSync(path, "r");
  const buffer = Buffer.alloc(65_536);
  return () => {
    for (let length = readSync(file, buffer); length > 0; length = readSync(file, buffer)) {
      process.stdout.write(Uint8Array.from(buffer.subarray(0, length)));
    }
  };
}
