import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compiledEncoder, embeddedEncoder } from "../../../build/wasm";

const COMMITTED = join(__dirname, "../../../core/fast-path/wasm-binary.ts");

describe("wasm-binary.ts", () => {
  it("has what assembly/ compiles to", () => {
    expect(embeddedEncoder(readFileSync(COMMITTED, "utf8")).equals(compiledEncoder())).toBe(true);
  });
});
