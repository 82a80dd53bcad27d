import { layoutsOfEnvironment, layoutsOfSettings } from "../../../core/events/configured-layouts";
import { indexNameOf } from "../../../core/events/index-layout";

const BOUNDARY = Date.parse("2026-12-01T00:00Z");

describe("layoutsOfEnvironment", () => {
  const layouts = layoutsOfEnvironment({
    INDEX_PREFIX: "logs-",
    INDEX_NAME: "apps",
    INDEX_PERIOD: "week",
    INDEX_HISTORY: [{ until: BOUNDARY, prefix: "cwl-", index: "", period: "day" }],
  });

  it("gives every log group of the lane its index, and earlier events the earlier names", () => {
    expect(indexNameOf(layouts, "foo", BOUNDARY)).toBe("logs-apps-2026.w49");
    expect(indexNameOf(layouts, "bar", BOUNDARY)).toBe("logs-apps-2026.w49");
    expect(indexNameOf(layouts, "foo", BOUNDARY - 1)).toBe("cwl-foo-2026.11.30");
  });

  it("gives log groups of LOG_GROUPS their own, also of earlier events; what one does not have is the function's", () => {
    const history = (index: string) => [{ until: BOUNDARY, prefix: "cwl-", index, period: "day" as const }];
    const ofGroups = layoutsOfEnvironment({
      ...{ INDEX_PREFIX: "logs-", INDEX_NAME: "apps", INDEX_PERIOD: "week", INDEX_HISTORY: history("old") },
      LOG_GROUPS: [
        { names: ["foo", "bar"], variables: { INDEX_NAME: "", INDEX_HISTORY: history("") } },
        { names: ["baz"], variables: { INDEX_NAME: "special" } },
        { names: ["qux"], variables: { PARSER: "lambda" } },
      ],
    });
    const namesOf = (logGroup: string) => [BOUNDARY, BOUNDARY - 1].map((time) => indexNameOf(ofGroups, logGroup, time));
    expect(namesOf("foo")).toEqual(["logs-foo-2026.w49", "cwl-foo-2026.11.30"]);
    expect(namesOf("bar")).toEqual(["logs-bar-2026.w49", "cwl-bar-2026.11.30"]);
    expect(namesOf("baz")).toEqual(["logs-special-2026.w49", "cwl-old-2026.11.30"]);
    for (const other of ["qux", "/unknown"])
      expect(namesOf(other)).toEqual(["logs-apps-2026.w49", "cwl-old-2026.11.30"]);
  });
});

describe("layoutsOfSettings", () => {
  const layouts = layoutsOfSettings({
    prefix: "logs-",
    period: "month",
    indices: new Map([["foo", "apps"]]),
    history: [
      { until: BOUNDARY, prefix: "cwl-", period: "hour", indices: new Map([["bar", "both"]]), defaultIndex: "all" },
    ],
  });

  it("gives each log group the index that it shares, or the default, or its own", () => {
    expect(indexNameOf(layouts, "foo", BOUNDARY)).toBe("logs-apps-2026.12");
    expect(indexNameOf(layouts, "bar", BOUNDARY)).toBe("logs-bar-2026.12");
    expect(indexNameOf(layouts, "foo", BOUNDARY - 1)).toBe("cwl-all-2026.11.30.23");
    expect(indexNameOf(layouts, "bar", BOUNDARY - 1)).toBe("cwl-both-2026.11.30.23");
  });
});
