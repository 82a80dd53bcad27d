import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { register, unregister } from "../../tools/processes/reaper";
import { temporaryDirectory } from "../../tools/processes/temporary-directory";
import { repositoryRoot } from "../../tools/repository";
import { workingDirectories } from "../running";

/** Names the working directory to a process that was started to outlive the one that started it. */
export const DIRECTORY_VARIABLE = "LOGGING_PIPELINE_DIRECTORY";

/** What the started process sends once it is ready. */
export interface Ready {
  readonly exitCode: number;
}

const POLL_MS = 100;

/**
 * Runs `npm start` in a process of its own and shows what it writes until it is ready. Then that process goes on; before
 * that it ends with this one.
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
  return outcome.exitCode;
}

/** @returns what writes to this process's output what has come to the file since it was last called */
function follow(path: string): () => void {
  const file = openSync(path, "r");
  const buffer = Buffer.alloc(65_536);
  return () => {
    for (let length = readSync(file, buffer); length > 0; length = readSync(file, buffer)) {
      process.stdout.write(Uint8Array.from(buffer.subarray(0, length)));
    }
  };
}
