import { beyond, inRounds, median, quantile, ratio, roundsFor, warm } from "../../../benchmarks/measure/rounds";

describe("inRounds", () => {
  it("runs each way once in every round, every other one backwards, and does not count warm-up rounds", async () => {
    const worked: string[] = [];
    let ms = 0;
    const work = (name: string, takes: number) => async () => {
      worked.push(name);
      ms += takes;
    };
    const ways = { a: work("a", 2), b: work("b", 3) };

    const rounds = await inRounds(ways, { count: 2, warmUps: 1, cpuMs: () => ms });

    expect(worked).toEqual(["b", "a", "a", "b", "b", "a"]);
    expect(rounds).toEqual({ a: [2, 2], b: [3, 3] });
  });

  it("repeats a way within a round, and returns the time of one pass", async () => {
    let ms = 0;
    const work = () => {
      ms += 2;
    };
    expect(await inRounds({ work }, { times: 5, count: 1, warmUps: 0, cpuMs: () => ms })).toEqual({ work: [2] });
    expect(ms).toBe(10);
  });
});

describe("median", () => {
  it.each([
    [[3], 3],
    [[9, 1, 5], 5],
    [[4, 1, 2, 3], 2.5],
  ])("of %j is %d", (numbers, expected) => {
    expect(median(numbers)).toBe(expected);
  });

  it("throws for an empty list", () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe("quantile", () => {
  it.each([
    [0, 1],
    [0.25, 2],
    [0.6, 3.4],
    [1, 5],
  ])("of 1 to 5 at %d is %d", (share, expected) => {
    expect(quantile([5, 3, 1, 2, 4], share)).toBeCloseTo(expected, 12);
  });
});

describe("ratio", () => {
  it("compares within a round, so that a slow round does not count", () => {
    expect(ratio({ a: [2, 20, 2], b: [1, 10, 4] }, "a", "b")).toBe(2);
  });
});

describe("beyond", () => {
  it("compares within a round, so that a slow round does not count", () => {
    expect(beyond({ a: [3, 20, 5], b: [1, 18, 4] }, "a", "b")).toBe(2);
  });
});

describe("roundsFor", () => {
  it.each([
    [0.04, 1250, 15],
    [30, 2, 13],
    [60, 1, 13],
    [500, 1, 5],
  ])("repeats a batch of %d ms %d times in a round, for %d rounds", (coreMs, times, count) => {
    expect(roundsFor(coreMs, 800)).toEqual({ times, count, warmUps: 1 });
  });
});

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
