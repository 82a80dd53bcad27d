import fc from "fast-check";
import { days, hours } from "../../archive/hours";
import { DAY_MS, HOUR_MS } from "../../core/events/durations";

const range = fc
  .tuple(fc.date({ min: new Date(0), max: new Date("9999-01-01"), noInvalidDate: true }), fc.nat(60 * DAY_MS))
  .map(([first, lengthMs]) => [first.getTime(), first.getTime() + lengthMs] as const);

/** `2026/11/21/03` or `2026/11/21` to its first millisecond. */
function begin(text: string): number {
  const [year, month, day, hour = "00"] = text.split("/");
  return Date.parse(`${year}-${month}-${day}T${hour}:00:00Z`);
}

describe("hours", () => {
  it.each([
    ["2026-11-21T03:00:00Z", "2026-11-21T03:00:00Z", ["2026/11/21/03"]],
    ["2026-11-21T03:59:59.999Z", "2026-11-21T04:00:00Z", ["2026/11/21/03", "2026/11/21/04"]],
    ["2026-12-31T23:00:00Z", "2027-01-01T00:00:00Z", ["2026/12/31/23", "2027/01/01/00"]],
    ["2028-02-29T23:30:00Z", "2028-03-01T00:30:00Z", ["2028/02/29/23", "2028/03/01/00"]],
  ])("are those from %s to %s", (first, last, expected) => {
    expect(hours(Date.parse(first), Date.parse(last))).toEqual(expected);
  });

  it("are one after the other, the first and the last with a time of the range in them", () => {
    fc.assert(
      fc.property(range, ([firstMs, lastMs]) => {
        const begins = hours(firstMs, lastMs).map(begin);
        expect(begins[0]).toBe(firstMs - (firstMs % HOUR_MS));
        expect(begins.at(-1)).toBe(lastMs - (lastMs % HOUR_MS));
        expect(begins.every((ms, i) => ms === begins[0]! + i * HOUR_MS)).toBe(true);
      }),
    );
  });
});

describe("days", () => {
  it("are one after the other, the first and the last with a time of the range in them", () => {
    fc.assert(
      fc.property(range, ([firstMs, lastMs]) => {
        const begins = days(firstMs, lastMs).map(begin);
        expect(begins[0]).toBe(firstMs - (firstMs % DAY_MS));
        expect(begins.at(-1)).toBe(lastMs - (lastMs % DAY_MS));
        expect(begins.every((ms, i) => ms === begins[0]! + i * DAY_MS)).toBe(true);
      }),
    );
  });
});
