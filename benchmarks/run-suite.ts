import { type StdioOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { BUNDLING, type Bundle, bundle } from "../build/bundle";
import type { Row } from "./report/table";

const ROOT = join(__dirname, "..");
export const OUTPUT = join(ROOT, ".local", "benchmarks");

const SUITES = ["cold", "core", "first-events", "function", "memory"];

/** Bundles the suites as the function is bundled: code in modules of their own runs slower, by the way they refer to each other. */
export function bundleSuites(): void {
  mkdirSync(OUTPUT, { recursive: true });
  const suites = SUITES.map((name) => ({ in: `benchmarks/suites/${name}.ts`, out: name }));
  const entryPoints = [{ in: "benchmarks/http/sink.ts", out: "sink" }, ...suites];
  buildSync({ ...BUNDLING, entryPoints, outdir: OUTPUT, write: true });
}

/** Bundles the function itself: its index.js is what the zip has in it. */
export function bundleFunction(): Bundle & { file: string } {
  const built = bundle("forwarder");
  const folder = join(OUTPUT, "function");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "index.js");
  writeFileSync(file, built.contents);
  return { ...built, file };
}

export interface SuiteOptions {
  /** The Node.js to run it on. @default this process's */
  node?: string;
  flags?: readonly string[];
  args?: readonly string[];
  onRow?(row: Row): void;
}

/** Runs a bundled suite in a process of its own; resolves with its rows. Rejects when it fails. */
export async function runSuite(name: string, options: SuiteOptions = {}): Promise<Row[]> {
  const { node = process.execPath, flags = [], args = [], onRow } = options;
  // What the function logs is of no interest.
  const stdio: StdioOptions = ["ignore", "ignore", "inherit", "ipc"];
  const child = spawn(node, [...flags, join(OUTPUT, `${name}.js`), ...args], { cwd: ROOT, stdio });
  const rows: Row[] = [];
  child.on("message", (row: Row) => {
    rows.push(row);
    onRow?.(row);
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`suite ${name} ended with ${code}`);
  return rows;
}
