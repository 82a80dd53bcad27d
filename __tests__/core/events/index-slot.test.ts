import fc from "fast-check";
import { indexNameOf } from "../../../core/events/index-layout";
import { IndexSlots } from "../../../core/events/index-slot";
import { layoutsChangedAt } from "../../support/any-layouts";

const HOUR_MS = 3_600_000;
const NOON = Date.parse("2026-11-26T12:00Z");

/** Some days around noon, so that slots of one day are met often. */
const time = fc.integer({ min: NOON - 48 * HOUR_MS, max: NOON + 48 * HOUR_MS });
const layouts = layoutsChangedAt(time);

describe("IndexSlots", () => {
  it("gives each event the index that the layouts name, in any order of events", () => {
    const logGroup = fc.constantFrom("foo", "bar", "/baz");
    fc.assert(
      fc.property(layouts, logGroup, fc.array(time, { minLength: 1 }), (some, name, times) => {
        const slots = new IndexSlots(some, name);
        for (const at of times) expect(slots.at(at).index).toBe(indexNameOf(some, name, at));
      }),
    );
  });

  it("gives slots of which every event has the same index and the same day", () => {
    const share = fc.nat(999);
    fc.assert(
      fc.property(layouts, time, share, (some, at, part) => {
        const { index, from, until } = new IndexSlots(some, "foo").at(at);
        expect(at).toBeGreaterThanOrEqual(from);
        expect(at).toBeLessThan(until);
        for (const other of [from, until - 1, from + Math.floor((part * (until - from)) / 1000)]) {
          expect(indexNameOf(some, "foo", other)).toBe(index);
          expect(new Date(other).toISOString().slice(0, 10)).toBe(new Date(at).toISOString().slice(0, 10));
        }
      }),
    );
  });

  it("cuts no day that has one index", () => {
    fc.assert(
      fc.property(layouts, time, (some, at) => {
        const { from, until } = new IndexSlots(some, "foo").at(at);
        const isCut = (ms: number) => some.earlier.some((layout) => layout.until === ms);
        const unit = some.current.period === "hour" || some.earlier.some(({ period }) => period === "hour") ? 1 : 24;
        expect(from % (unit * HOUR_MS) === 0 || isCut(from)).toBe(true);
        expect(until % (unit * HOUR_MS) === 0 || isCut(until)).toBe(true);
      }),
    );
  });
});
