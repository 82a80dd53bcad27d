import { overLimit } from "../../../benchmarks/suites/memory";

describe("overLimit", () => {
  it("accepts the memory of a 256 MB function", () => {
    expect(overLimit([{ "peak MiB": 170 }, { "peak MiB": 256 }])).toEqual({});
  });

  it("fails beyond it, and says what was measured", () => {
    const failure = "The function took 257 MiB; it may take 256.";
    expect(overLimit([{ "peak MiB": 170 }, { "peak MiB": 257 }])).toEqual({ failure });
  });
});
