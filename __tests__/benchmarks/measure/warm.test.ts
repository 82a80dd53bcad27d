import { warm } from "../../../benchmarks/measure/warm";

describe("warm", () => {
  it.each([
    ["half a second of CPU time", 100, 5],
    ["half a second of CPU time", 20, 25],
    ["five times", 300, 5],
  ])("works for %s: %d ms each", async (_, eachMs, expected) => {
    let passes = 0;
    const ms = await warm(
      async () => void passes++,
      () => passes * eachMs,
    );
    expect(passes).toBe(expected);
    expect(ms).toBe(eachMs);
  });
});
