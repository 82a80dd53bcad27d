import { lineOf } from "../../benchmarks/commands/each-case";
import { overLimit } from "../../benchmarks/commands/memory";

describe("lineOf", () => {
  it("says in a few words what was measured", () => {
    const row = { batch: "access logs (text); 640 × 50", "ms CPU": 61.234, "× floor": 1.5, "sign %": 30 };
    expect(lineOf(row, ["ms CPU", "× floor"])).toBe("access logs (text); 640 × 50 … 61.2 ms CPU, 1.50 × floor");
  });
});

describe("overLimit", () => {
  it("takes what a function of 256 MB has", () => {
    expect(overLimit([{ "peak MiB": 170 }, { "peak MiB": 256 }])).toEqual({});
  });

  it("fails beyond it, and says by how much", () => {
    const failure = "The function took 257 MiB; it may take 256.";
    expect(overLimit([{ "peak MiB": 170 }, { "peak MiB": 257 }])).toEqual({ failure });
  });
});
