import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "..");
const SOURCE = "functions/forwarder/splice/kernel/index.ts";

/** Part of the repository, so that nothing which imports it has to compile it first. */
const GENERATED = join(ROOT, "functions/forwarder/splice/kernel-wasm.ts");

/** For `asc`. 96 pages: 6 MiB, enough for most envelopes. 112: that vectors can't be passed from JavaScript, which nobody does. */
const OPTIONS = "-O3 --noAssert --runtime stub --enable simd --initialMemory 96 --disableWarning 112".split(" ");

/** What the kernel's sources compile to, as the module that has it. */
export function compiledKernel(): string {
  const asc = join(ROOT, "node_modules", "assemblyscript", "bin", "asc.js");
  const folder = mkdtempSync(join(tmpdir(), "kernel-"));
  const file = join(folder, "kernel.wasm");
  execFileSync(process.execPath, [asc, SOURCE, "--outFile", file, ...OPTIONS], { cwd: ROOT, stdio: "inherit" });
  const wasm = readFileSync(file);
  rmSync(folder, { recursive: true });
  return `/** kernel/ as WebAssembly, in base64: \`npm run kernel\` writes it. */
export const KERNEL_WASM =
  "${wasm.toString("base64")}";
`;
}

if (require.main === module) {
  if (process.argv.includes("--check")) {
    if (readFileSync(GENERATED, "utf8") !== compiledKernel())
      throw new Error("kernel-wasm.ts is not what kernel/ compiles to: npm run kernel");
  } else writeFileSync(GENERATED, compiledKernel());
}
