import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { BUNDLING, type Bundle, bundle, shortened } from "../../build/bundle";
import { repositoryRoot } from "../../tools/repository";
import { profileFlags } from "../measure/cpu-profile";
import type { TableRow } from "../report/table";
import { trustingEnvironment, writeCertificate } from "../subjects/local-sink";

/** The folder of everything that benchmarks write. */
export const OUTPUT = join(repositoryRoot, ".local", "benchmarks");

/** Each is a file of this folder. */
const PROCESSES = [
  "cold",
  "compare",
  "core",
  "first-events",
  "function",
  "groups",
  "logger",
  "memory",
  "object-memory",
  "object-programs",
  "objects",
  "parsers",
  "region",
  "rules",
  "sink",
] as const;
type ProcessName = (typeof PROCESSES)[number];

/** Bundles the measured processes as functions are bundled: code in modules of their own runs slower. */
export function bundleProcesses(): void {
  mkdirSync(OUTPUT, { recursive: true });
  writeCertificate(OUTPUT);
  const entryPoints = PROCESSES.map((name) => ({ in: `benchmarks/processes/${name}.ts`, out: name }));
  // pino starts its worker from a file of its own.
  const external = [...BUNDLING.external, "pino"];
  const { outputFiles } = buildSync({ ...BUNDLING, external, entryPoints, outdir: OUTPUT });
  for (const { path, contents } of outputFiles) writeFileSync(path, shortened(contents));
}

/** Bundles a function into the index.js that its zip holds. */
export function bundleFunction(name: "forwarder" | "access-logs" = "forwarder"): Bundle & { file: string } {
  const built = bundle(name);
  const folder = join(OUTPUT, name);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "index.js");
  writeFileSync(file, built.contents);
  return { ...built, file };
}

export interface MeasuredProcessOptions {
  /** The Node.js to run it on. @default this process's */
  node?: string;
  flags?: readonly string[];
  args?: readonly string[];
  /** The folder that its CPU profile is written to. @default none is written */
  profiles?: string | undefined;
  /** Names the profile. @default the process's name */
  label?: string;
  /** Whether it trusts the sink's certificate. @default false: other authorities than its own take memory */
  trustsSink?: boolean;
}

/** Starts a process that {@link bundleProcesses} has bundled. Its standard output, the function's log, is discarded. */
export function startMeasured(name: ProcessName, options: MeasuredProcessOptions): ChildProcess {
  const { node = process.execPath, flags = [], args = [], profiles, label = name, trustsSink } = options;
  const env = trustsSink ? trustingEnvironment(OUTPUT) : process.env;
  const stdio: StdioOptions = ["ignore", "ignore", "inherit", "ipc"];
  const command = [...flags, ...profileFlags(profiles, label), join(OUTPUT, `${name}.js`), ...args];
  return spawn(node, command, { cwd: repositoryRoot, env, stdio });
}

/**
 * Runs a measured process to its end.
 *
 * @param onRow called with each row of its table as soon as it is measured
 * @throws Error when it exits with another code than 0
 */
export async function measure(
  name: ProcessName,
  options: MeasuredProcessOptions,
  onRow?: (row: TableRow) => void,
): Promise<TableRow[]> {
  const child = startMeasured(name, options);
  const rows: TableRow[] = [];
  child.on("message", (row: TableRow) => {
    rows.push(row);
    onRow?.(row);
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`the measured process ${name} ended with ${code}`);
  return rows;
}
