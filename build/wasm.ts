import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "..");
const SOURCE = "core/fast-path/assembly/index.ts";

/** Part of the repository, so that nothing which imports it has to compile it first. */
const GENERATED = join(ROOT, "core/fast-path/wasm-binary.ts");

/** For `asc`. 96 pages: 6 MiB, enough for most envelopes. 112: that vectors can't be passed from JavaScript, which nobody does. */
const OPTIONS = "-O3 --noAssert --runtime stub --enable simd --initialMemory 96 --disableWarning 112".split(" ");

/** What the kernel's sources compile to, as the module that has it. */
export function compiledKernel(): string {
  const asc = join(ROOT, "node_modules", "assemblyscript", "bin", "asc.js");
  const folder = mkdtempSync(join(tmpdir(), "kernel-"));
  try {
    const file = join(folder, "kernel.wasm");
    execFileSync(process.execPath, [asc, SOURCE, "--outFile", file, ...OPTIONS], { cwd: ROOT, stdio: "inherit" });
    return moduleOf(readFileSync(file));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const moduleOf = (wasm: Buffer): string => `/** assembly/ as WebAssembly, in base64: \`npm run kernel\` writes it. */
export const KERNEL_WASM =
  "${wasm.toString("base64")}";
`;

if (require.main === module) {
  const compiled = compiledKernel();
  if (!process.argv.includes("--check")) writeFileSync(GENERATED, compiled);
  else if (readFileSync(GENERATED, "utf8") !== compiled) {
    throw new Error("wasm-binary.ts is not what assembly/ compiles to: npm run kernel");
  }
}
