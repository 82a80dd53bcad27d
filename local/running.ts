import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../tools/processes/process";
import { repositoryRoot } from "../tools/repository";
import { oneLine } from "../tools/text/one-line";

/** A pipeline that runs on this machine, or is starting. */
export interface RunningPipeline {
  readonly pid: number;
  /** How that process was started: another one may have its id later. */
  readonly command: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Its working directory; gone when it has ended. */
  readonly directory: string;
  /** Undefined until it is ready. */
  readonly services?: PipelineServices;
}

export interface PipelineServices {
  readonly emulatorUrl: string;
  readonly searchEndpoint: string;
  readonly indexPattern: string;
}

/** Thrown when it is not clear which running pipeline is meant, or there is none. */
export class RunningPipelineError extends Error {
  override readonly name = "RunningPipelineError";
}

/** Holds the working directories of all that run from this clone. */
export const workingDirectories = join(repositoryRoot, ".local");

const FILE = "pipeline.json";

/** Lets `status`, `stop` and `put` find this process's pipeline. */
export async function publish(directory: string, services?: PipelineServices): Promise<void> {
  const startedAt = new Date(Date.now() - process.uptime() * 1000).toISOString();
  const command = await commandOf(process.pid);
  const pipeline: RunningPipeline = { pid: process.pid, command, startedAt, directory, ...(services && { services }) };
  // Whoever reads it meanwhile finds the one or the other.
  await writeFile(join(directory, `${FILE}.new`), JSON.stringify(pipeline));
  await rename(join(directory, `${FILE}.new`), join(directory, FILE));
}

/**
 * All that were started from this clone and have not ended, oldest first.
 *
 * @throws RunningPipelineError when there is none
 */
export async function runningPipelines(parent = workingDirectories): Promise<RunningPipeline[]> {
  const names = await readdir(parent).catch(() => []);
  const read = names.map(async (name) => {
    const pipeline = JSON.parse(await readFile(join(parent, name, FILE), "utf8")) as RunningPipeline;
    const isIt = Number.isSafeInteger(pipeline.pid) && pipeline.pid > 0;
    return isIt && (await commandOf(pipeline.pid)) === pipeline.command ? pipeline : undefined;
  });
  const all = (await Promise.all(read.map((one) => one.catch(() => undefined)))).filter((one) => one !== undefined);
  if (all.length === 0) throw new RunningPipelineError("No pipeline runs from this folder. npm start begins one.");
  return all.toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
}

/**
 * The one running pipeline, or the one with this process id.
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
  throw new RunningPipelineError(`${all.length} pipelines run from this folder; say which one:\n${list}`);
}

/** @throws RunningPipelineError while it is starting */
export function servicesOf({ pid, services }: RunningPipeline): PipelineServices {
  if (services) return services;
  throw new RunningPipelineError(
    `Process ${pid} is still starting the pipeline; npm start -- status tells when it is ready.`,
  );
}

/** How a process was started. @throws Error when there is no such process */
export function commandOf(pid: number): Promise<string> {
  if (process.platform === "linux") return readFile(`/proc/${pid}/cmdline`, "utf8");
  return run("ps", ["-o", "args=", "-p", String(pid)], { env: { PATH: process.env.PATH } });
}
