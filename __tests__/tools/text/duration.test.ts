import { duration } from "../../../tools/text/duration";

describe("duration", () => {
  it.each([
    [0, "0 s"],
    [59_400, "59 s"],
    [60_000, "1 min 0 s"],
    [3_599_000, "59 min 59 s"],
    [7_500_000, "2 h 5 min"],
  ])("formats %i ms as %s", (ms, text) => {
    expect(duration(ms)).toBe(text);
  });
});
