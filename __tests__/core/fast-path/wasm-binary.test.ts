import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compiledKernel } from "../../../build/wasm";

const COMMITTED = join(__dirname, "../../../core/fast-path/wasm-binary.ts");

describe("the kernel", () => {
  it("is what its sources compile to", () => {
    expect(readFileSync(COMMITTED, "utf8")).toBe(compiledKernel());
  });
});
