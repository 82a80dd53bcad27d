import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../tools/processes/process";
import { repositoryRoot } from "../tools/repository";
import { oneLine } from "../tools/text/one-line";
import { type OptionValue, wholeNumber } from "../tools/usage/option-value";

/** A pipeline that runs on this machine, or is starting. */
export interface RunningPipeline {
  readonly pid: number;
  /** Command line of the process: another process may get its id later. */
  readonly command: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Its working directory, deleted when it ends. */
  readonly directory: string;
  /** The link of its page; whoever knows it may do what the page can do. */
  readonly pageUrl?: string;
  /** Undefined until it is ready. */
  readonly services?: PipelineServices;
}

export interface PipelineServices {
  readonly emulatorUrl: string;
  readonly searchEndpoint: string;
  readonly indexPattern: string;
}

/** Value of an option that names a running pipeline. */
export const processId: OptionValue<number> = {
  ...wholeNumber(1, 2 ** 31 - 1),
  allowed: "the number that npm start -- status shows",
};

/** Thrown when there is no running pipeline, or it is ambiguous which one is meant. */
export class RunningPipelineError extends Error {
  override readonly name = "RunningPipelineError";
}

/** Holds the working directories of all pipelines that run from this clone. */
export const workingDirectories = join(repositoryRoot, ".local");

const FILE = "pipeline.json";

/** Publishes this process's pipeline, so that `status`, `stop` and `put` find it. */
export async function publish(
  { directory, pageUrl }: Pick<RunningPipeline, "directory" | "pageUrl">,
  services?: PipelineServices,
): Promise<void> {
  const startedAt = new Date(Date.now() - process.uptime() * 1000).toISOString();
  const command = await commandOf(process.pid);
  const pipeline: RunningPipeline = {
    ...{ pid: process.pid, command, startedAt, directory },
    ...(pageUrl !== undefined && { pageUrl }),
    ...(services && { services }),
  };
  // Renamed, so that readers find a complete file.
  await writeFile(join(directory, `${FILE}.new`), JSON.stringify(pipeline));
  await rename(join(directory, `${FILE}.new`), join(directory, FILE));
}

/**
 * Finds all pipelines that run from this clone, oldest first.
 *
 * @throws RunningPipelineError when there is none
 */
export async function runningPipelines(parent = workingDirectories): Promise<RunningPipeline[]> {
  const names = await readdir(parent).catch(() => []);
  const read = names.map(async (name) => {
    const pipeline = JSON.parse(await readFile(join(parent, name, FILE), "utf8")) as RunningPipeline;
    const isPid = Number.isSafeInteger(pipeline.pid) && pipeline.pid > 0;
    return isPid && (await commandOf(pipeline.pid)) === pipeline.command ? pipeline : undefined;
  });
  const all = (await Promise.all(read.map((one) => one.catch(() => undefined)))).filter((one) => one !== undefined);
  if (all.length === 0) {
    throw new RunningPipelineError(
      "No pipeline runs from this folder. npm start starts one; with -- --detach, in the background.",
    );
  }
  return all.toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
}

/**
 * Finds the only running pipeline, or the one with this process id.
 *
 * @throws RunningPipelineError when there is none, or more than one and no id
 */
export async function runningPipeline(pid?: number, parent = workingDirectories): Promise<RunningPipeline> {
  const all = await runningPipelines(parent);
  const wanted = pid === undefined ? all : all.filter((one) => one.pid === pid);
  if (wanted.length === 1) return wanted[0]!;
  const list = all
    .map((one) => `  ${oneLine(`--pid ${one.pid}`)}   ${oneLine(`since ${one.startedAt}, in ${one.directory}`)}`)
    .join("\n");
  if (pid !== undefined)
    throw new RunningPipelineError(`No pipeline with --pid ${pid} runs from this folder:\n${list}`);
  throw new RunningPipelineError(`${all.length} pipelines run from this folder; choose one:\n${list}`);
}

/** Returns its services. @throws RunningPipelineError while it starts */
export function servicesOf({ pid, services }: Pick<RunningPipeline, "pid" | "services">): PipelineServices {
  if (services) return services;
  throw new RunningPipelineError(
    `Process ${pid} is still starting the pipeline; npm start -- status shows when it is ready.`,
  );
}

/** Reads the command line of a process. @throws Error when there is no such process */
export function commandOf(pid: number): Promise<string> {
  if (process.platform === "linux") return readFile(`/proc/${pid}/cmdline`, "utf8");
  return run("ps", ["-o", "args=", "-p", String(pid)], { env: { PATH: process.env.PATH } });
}
