import { fuzzSettings } from "./settings";

describe("fuzzSettings", () => {
  it("tries ten thousand envelopes of a seed drawn at random", () => {
    const { seed, ...others } = fuzzSettings({});
    expect(others).toEqual({ first: 0, runs: 10_000, hasShares: true });
    expect(Number.isInteger(seed)).toBe(true);
  });

  it("tries as many envelopes of a seed as the variables say, or one again", () => {
    const all = { FUZZ_RUNS: "25", FUZZ_SEED: "7" };
    expect(fuzzSettings(all)).toEqual({ seed: 7, first: 0, runs: 25, hasShares: false });
    expect(fuzzSettings({ ...all, FUZZ_RUN: "3" })).toEqual({ seed: 7, first: 3, runs: 1, hasShares: false });
  });

  it("compares shares from a thousand envelopes on", () => {
    expect(["999", "1000"].map((FUZZ_RUNS) => fuzzSettings({ FUZZ_RUNS }).hasShares)).toEqual([false, true]);
  });

  it.each([
    ["FUZZ_RUNS", "0"],
    ["FUZZ_RUNS", "many"],
    ["FUZZ_RUNS", "1.5"],
    ["FUZZ_RUNS", ""],
    ["FUZZ_SEED", "-1"],
    ["FUZZ_RUN", "x"],
  ])("says which values are allowed when %s is '%s'", (name, given) => {
    expect(() => fuzzSettings({ [name]: given })).toThrow(`${name} is "${given}". Allowed: a whole number from `);
  });
});
