import { nearLatest } from "../../../../local/page/browser/search/times";

describe("nearLatest", () => {
  it("leads to the 15 minutes before the latest event", () => {
    expect(nearLatest(Date.parse("2026-11-28T12:00:00Z"))).toEqual({
      title: "11-28 12:00:00.000 UTC",
      period: { from: "2026-11-28T11:45:00.000Z", to: "2026-11-28T12:00:01.000Z" },
    });
  });

  it.each([-(2 ** 63), 2 ** 63, 253_402_300_799_999, -62_167_219_200_000])(
    "leads to no time beyond the calendar's: %d",
    (ms) => {
      expect(nearLatest(ms)).toEqual({ title: "a time beyond the calendar's" });
    },
  );
});
