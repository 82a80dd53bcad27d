import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type RunningPipeline, RunningPipelineError } from "../running";

const TIMEOUT_MS = 30_000;
const POLL_MS = 50;

/**
 * Ends a running pipeline, as Ctrl-C would.
 *
 * @returns when its processes have ended and its working directory is deleted
 * @throws RunningPipelineError when it may not be ended, or has not within 30 seconds
 */
export async function stop({ pid, directory }: Pick<RunningPipeline, "pid" | "directory">): Promise<void> {
  try {
    process.kill(pid, "SIGTERM");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EPERM") throw new RunningPipelineError(`Process ${pid} belongs to another user, who has to stop it.`);
  }
  for (const start = performance.now(); performance.now() - start < TIMEOUT_MS; await sleep(POLL_MS)) {
    if (!existsSync(directory)) return;
  }
  throw new RunningPipelineError(
    `Process ${pid} has not ended within ${TIMEOUT_MS / 1000} seconds; kill -9 ${pid} ends it and all that it started.`,
  );
}
