import fc from "fast-check";
import {
  type IndexLayout,
  type IndexLayouts,
  indexNameOf,
  indexPatterns,
  layoutAt,
  parseIndexName,
} from "../../../core/events/index-layout";
import { INDEX_PERIODS } from "../../../core/settings/index-periods";
import { layoutsChangedAt } from "../../support/any-layouts";

const BOUNDARY = Date.parse("2026-12-01T00:00Z");

const layout = (prefix: string, period: IndexLayout["period"], shared?: string): IndexLayout => ({
  prefix,
  period,
  sharedIndexOf: () => shared,
});

const changed: IndexLayouts = {
  current: layout("logs-", "week", "apps"),
  earlier: [{ ...layout("cwl-", "day"), until: BOUNDARY }],
};

const only = (current: IndexLayout): IndexLayouts => ({ current, earlier: [] });

const anyTime = fc.integer({ min: 0, max: 4_102_444_800_000 });
const anyLayouts = layoutsChangedAt(anyTime);

const logGroup = fc.oneof(
  fc.constantFrom("foo", "foo-2026.11.20", "Foo", "/foo", "2026.11.26", "2026.11.26-2026.11.26"),
  fc.stringMatching(/^[A-Za-z0-9._/#-]{1,512}$/),
  fc.string({ unit: "binary", maxLength: 512 }),
);

/** As engines match patterns: `*` for any characters. */
const matches = (pattern: string, name: string) =>
  new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", ".*")}$`).test(name);

describe("indexNameOf", () => {
  it("names the events before a boundary by the earlier layout, and those from it on by the current one", () => {
    expect(indexNameOf(changed, "foo", BOUNDARY - 1)).toBe("cwl-foo-2026.11.30");
    expect(indexNameOf(changed, "foo", BOUNDARY)).toBe("logs-apps-2026.w49");
    expect(layoutAt(changed, 0).prefix).toBe("cwl-");
  });
});

describe("indexNameOf, whatever the layouts", () => {
  it("obeys the engines' restrictions for any log group, under the longest prefix", () => {
    const longest = fc.constantFrom(...INDEX_PERIODS).map((period) => only(layout("p".repeat(100), period)));
    fc.assert(
      fc.property(fc.oneof(longest, anyLayouts), logGroup, anyTime, (layouts, name, time) => {
        const index = indexNameOf(layouts, name, time);
        expect(Buffer.byteLength(index)).toBeLessThanOrEqual(255);
        expect(index).toBe(index.toLowerCase());
        expect(index).not.toMatch(/[\s\\/*?"<>|,#:]/);
      }),
    );
  });

  it("differs whenever log group or period differ", () => {
    const near = fc.constantFrom("foo", "foo-2026.11.20", "Foo", "/foo", "foo-", "foo-2026.11.20-2026.11.20");
    const one = fc.tuple(fc.oneof(near, logGroup), anyTime);
    fc.assert(
      fc.property(fc.constantFrom(...INDEX_PERIODS), one, one, (period, [nameA, timeA], [nameB, timeB]) => {
        const nameOf = (name: string, time: number) => indexNameOf(only(layout("cwl-", period)), name, time);
        const { start, end } = parseIndexName(only(layout("cwl-", period)), nameOf(nameA, timeA))!;
        expect(nameOf(nameA, timeA) === nameOf(nameB, timeB)).toBe(nameA === nameB && timeB >= start && timeB < end);
      }),
    );
  });
});

describe("parseIndexName", () => {
  it("finds the period and the stem of every name that the layouts give", () => {
    fc.assert(
      fc.property(anyLayouts, logGroup, anyTime, (layouts, name, time) => {
        const index = indexNameOf(layouts, name, time);
        const parsed = parseIndexName(layouts, index);
        expect(parsed).toBeDefined();
        expect(time).toBeGreaterThanOrEqual(parsed!.start);
        expect(time).toBeLessThan(parsed!.end);
        expect(index.startsWith(parsed!.stem)).toBe(true);
      }),
    );
  });

  it.each([
    ...["cwl-2026.11.26", "cwl--2026.11.26", "cwl-foo", "cwl-foo-2026.11", "cwl-foo-2026.11.26.03", "cwl-foo-2026.w48"],
    ...[
      "cwl-Foo-2026.11.26",
      "cwl-_foo-2026.11.26",
      "cwl-foo~12-2026.11.26",
      "xcwl-foo-2026.11.26",
      ".cwl-foo-2026.11.26",
    ],
    ...["cwl-*-2026.11.26", "cwl-foo,bar-2026.11.26", "cwl-foo-2026.11.26 ", "cwl-foo-2026.11.26-000001"],
  ])("knows that %j is somebody else's", (name) => {
    expect(parseIndexName(only(layout("cwl-", "day")), name)).toBeUndefined();
  });

  it("does not take an index of one layout's form for a time of another's", () => {
    expect(parseIndexName(changed, "cwl-foo-2026.11.30")).toMatchObject({ period: "day", stem: "cwl-foo-" });
    expect(parseIndexName(changed, "cwl-foo-2026.12.01")).toBeUndefined();
    expect(parseIndexName(changed, "logs-apps-2026.w47")).toBeUndefined();
    // The week that the boundary is in has events of both layouts.
    expect(parseIndexName(changed, "logs-apps-2026.w49")).toMatchObject({ period: "week" });
  });
});

describe("indexPatterns", () => {
  it("match every index of the layouts from 2000 to 2099, and never the indices of AWS's own function", () => {
    // The first days of 2000 are in the last week of 1999.
    const thisCentury = fc.integer({ min: Date.parse("2000-01-03T00:00Z"), max: Date.parse("2100-01-01T00:00Z") - 1 });
    fc.assert(
      fc.property(anyLayouts, logGroup, thisCentury, (layouts, name, time) => {
        const index = indexNameOf(layouts, name, time);
        expect(indexPatterns(layouts).some((pattern) => matches(pattern, index))).toBe(true);
      }),
    );
    for (const period of INDEX_PERIODS) {
      const [pattern] = indexPatterns(only(layout("cwl-", period)));
      expect(matches(pattern!, "cwl-2026.11.26")).toBe(false);
    }
  });
});
