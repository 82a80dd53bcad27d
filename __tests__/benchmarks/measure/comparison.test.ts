import { comparedRow } from "../../../benchmarks/measure/comparison";

/** The old build takes 10 ms; again 0.98, 0.99, 1, 1.01 and 1.02 times as long: the middle half is 0.99 to 1.01. */
const OLD = [10, 10, 10, 10, 10];
const AGAIN = [9.8, 10.2, 10, 9.9, 10.1];
const ms = (ms: number) => OLD.map(() => ms);

describe("comparedRow", () => {
  it.each([
    [10.09, "the same"],
    [9.91, "the same"],
    [10.11, "slower"],
    [9.89, "faster"],
  ])("finds that a build of %d ms is %s when it is beside the old one's middle half or within", (newMs, verdict) => {
    expect(comparedRow({ old: OLD, again: AGAIN, new: ms(newMs) })).toEqual({
      rounds: 5,
      "old, ms CPU": 10,
      "new, ms CPU": newMs,
      "new/old": (newMs / 10).toFixed(3),
      "old/old": "1.000",
      "middle half": "0.990–1.010",
      "new is": verdict,
    });
  });

  it.each([
    [8.96, [6.3, 7.5, 8.9], "the same"],
    [10.4, [10.5, 11, 12], "the same"],
  ])(
    "calls %d ms beside 10 neither faster nor slower when disturbed rounds move the middle half",
    (newMs, again, verdict) => {
      const rounds = { old: [10, 10, 10], again, new: [newMs, newMs, newMs] };
      expect(comparedRow(rounds)).toMatchObject({ "new is": verdict });
    },
  );

  it("compares within a round, so that a slow round does not count", () => {
    const rounds = { old: [10, 100, 10], again: [10, 100, 10], new: [11, 110, 11] };
    expect(comparedRow(rounds)).toMatchObject({ "new/old": "1.100", "middle half": "1.000–1.000", "new is": "slower" });
  });
});
