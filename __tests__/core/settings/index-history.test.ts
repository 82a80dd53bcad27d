import { parseIndexHistory } from "../../../core/settings/index-history";

const ENTRY = { prefix: "cwl-", index: "", period: "day" };
const history = (entries: object) => parseIndexHistory(JSON.stringify(entries));

describe("parseIndexHistory", () => {
  it("returns the entries in the order of their boundaries", () => {
    const entries = {
      "2026-12-01T05:00:00Z": { prefix: "logs-", index: "apps", period: "week" },
      "2026-11-01T00:00:00Z": ENTRY,
    };
    expect(history(entries)).toEqual([
      { until: Date.parse("2026-11-01T00:00Z"), ...ENTRY },
      { until: Date.parse("2026-12-01T05:00Z"), prefix: "logs-", index: "apps", period: "week" },
    ]);
    expect(parseIndexHistory("{}")).toEqual([]);
  });

  it.each([...["", "[]", "null", '"x"', "{", '{"2026-12-01":{"prefix":"cwl-","index":"","period":"day"}}']])(
    "rejects %j",
    (json) => {
      expect(parseIndexHistory(json)).toBeUndefined();
    },
  );

  it.each(["2026-12-01T00:30:00Z", "2026-12-01T00:00:00+01:00", "2026-02-30T00:00:00Z", "2026-12-01T24:00:00Z"])(
    "rejects the boundary %s, which is no whole hour in UTC",
    (until) => {
      expect(history({ [until]: ENTRY })).toBeUndefined();
    },
  );

  it.each([
    { ...ENTRY, prefix: "" },
    { ...ENTRY, prefix: "*" },
    { ...ENTRY, index: "-apps" },
    { ...ENTRY, period: "year" },
    { prefix: "cwl-", period: "day" },
    { ...ENTRY, more: 1 },
  ])("rejects the names %j", (entry) => {
    expect(history({ "2026-12-01T00:00:00Z": entry })).toBeUndefined();
  });

  it("rejects more than 20 entries", () => {
    const entries = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`${2000 + i}-01-01T00:00:00Z`, ENTRY]));
    expect(history(entries(20))).toHaveLength(20);
    expect(history(entries(21))).toBeUndefined();
  });
});
