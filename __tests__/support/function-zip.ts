import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";

const ROOT = join(__dirname, "..", "..");

/** The built zip of a function. */
export const zipOf = (name: string): Buffer => readFileSync(join(ROOT, "dist", "functions", `${name}.zip`));

/** Unpacks a zip into `folder`. */
export function unzipInto(folder: string, zip: Buffer): void {
  for (const [name, content] of Object.entries(unzipSync(zip))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** Loads index.js in the working folder, hands stdin to its handler, and prints what that returns on the last line. */
const RUN = `
const { handler } = require("./index.js");
const [, totalMs] = process.argv;
const end = performance.now() + Number(totalMs);
const remainingMs = totalMs ? () => end - performance.now() : () => 10_000;
handler(JSON.parse(require("node:fs").readFileSync(0)), { getRemainingTimeInMillis: remainingMs }).then((result) => {
  console.log(JSON.stringify(result));
  process.exit();
});`;

/**
 * Calls the handler of the function in `folder` once, in a process of its own.
 *
 * @param totalMs the time of the invocation. @default 10 s are left, however long it takes
 */
export async function invoke(folder: string, env: Record<string, string>, event: unknown, totalMs?: number) {
  const args = totalMs === undefined ? [] : [String(totalMs)];
  const child = spawn(process.execPath, ["-e", RUN, ...args], { cwd: folder, env });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  child.stdin.on("error", () => {}); // A function that can't start reads no event.
  child.stdin.end(JSON.stringify(event));
  const exitCode = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { exitCode, lines: stdout.trim().split("\n"), stderr };
}
