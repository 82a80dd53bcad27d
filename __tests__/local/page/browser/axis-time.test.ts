import { axisTime } from "../../../../local/page/browser/search/times";

const MS = Date.parse("2026-11-28T16:32:30.500Z");
const MINUTE = 60_000;

describe("a time below the histogram", () => {
  it.each([
    ["tells half minutes apart, also of a period of five minutes or more", 5 * MINUTE, 30_000, "16:32:30"],
    ["tells parts of a second apart, also of a longer period", 10_000, 500, "30.500"],
    ["is without seconds where all are whole minutes", 15 * MINUTE, MINUTE, "16:32"],
    ["has its day where the period has several", 14 * 24 * 60 * MINUTE, 24 * 60 * MINUTE, "11-28 16:32"],
  ])("%s", (_, lengthMs, stepMs, text) => {
    expect(axisTime(MS, lengthMs, stepMs)).toBe(text);
  });
});
