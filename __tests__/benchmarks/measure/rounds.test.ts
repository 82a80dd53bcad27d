import { beyond, inRounds, median, ratio } from "../../../benchmarks/measure/rounds";

describe("inRounds", () => {
  it("lets each way work once in every round, one after the other, and counts none of the first rounds", async () => {
    const worked: string[] = [];
    let ms = 0;
    const work = (name: string, takes: number) => async () => {
      worked.push(name);
      ms += takes;
    };
    const ways = { a: work("a", 2), b: work("b", 3) };

    const rounds = await inRounds(ways, { count: 2, warmUps: 1, cpuMs: () => ms });

    expect(worked).toEqual(["a", "b", "a", "b", "a", "b"]);
    expect(rounds).toEqual({ a: [2, 2], b: [3, 3] });
  });

  it("lets a way work several times in a round, and tells the time of one", async () => {
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

  it("of nothing is an error", () => {
    expect(() => median([])).toThrow(RangeError);
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
