import fc from "fast-check";
import { indexNameOf } from "../../../core/events/index-layout";
import { disksIn } from "../../../core/indices/disks";
import { ownedIndices } from "../../../core/indices/owned-indices";
import { layoutsChangedAt } from "../../support/any-layouts";
import { CWL } from "../../support/layouts";

const namesIn = (...names: unknown[]) =>
  ownedIndices(
    CWL,
    names.map((index) => ({ index })),
  ).map(({ name }) => name);

describe("ownedIndices", () => {
  it("knows each index that any layouts give to an event", () => {
    const time = fc.integer({ min: Date.parse("2020-01-01T00:00Z"), max: Date.parse("2030-01-01T00:00Z") });
    fc.assert(
      fc.property(layoutsChangedAt(time), time, fc.string({ minLength: 1 }), (layouts, ms, logGroup) => {
        const index = indexNameOf(layouts, logGroup, ms);
        const [owned] = ownedIndices(layouts, [{ index }]);
        expect(owned).toMatchObject({ name: index });
        expect(owned!.start <= ms && ms < owned!.end).toBe(true);
      }),
    );
  });

  it("leaves out the names of others", () => {
    const others = [
      "cwl-2026.11.26",
      "cwl--2026.11.26",
      "cwl-foo-2026.11",
      "cwl-foo-2026.11.31",
      "cwl-foo-2026.11.26-000001",
      "Cwl-foo-2026.11.26",
      ".ds-cwl-foo-2026.11.26",
      "logs-foo-2026.11.26",
    ];
    expect(namesIn(...others, "cwl-foo-2026.11.26")).toEqual(["cwl-foo-2026.11.26"]);
  });

  it("leaves out whatever a path could mean otherwise, and rows of other forms", () => {
    const hostile = [
      "cwl-*-2026.11.26",
      "cwl-foo-2026.11.25,cwl-foo-2026.11.26",
      "<cwl-foo-{now/d}>-2026.11.26",
      "cwl-../_all-2026.11.26",
      "cwl-foo%2C-2026.11.26",
      "cwl-foo?x=-2026.11.26",
      "cwl-foo\n-2026.11.26",
      "-cwl-foo-2026.11.26",
    ];
    expect(namesIn(...hostile, 1, null, ["cwl-foo-2026.11.26"])).toEqual([]);
    expect(ownedIndices(CWL, [null, 1, "cwl-foo-2026.11.26", [], {}])).toEqual([]);
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const name of namesIn(text, `cwl-${text}-2026.11.26`)) expect(name).toMatch(/^[a-z0-9][a-z0-9._~-]*$/);
      }),
    );
  });

  it("reads documents and bytes, which a closed index does not have, and lists a name once", () => {
    const row = { index: "cwl-foo-2026.11.26", "docs.count": "12", "store.size": "3400" };
    expect(ownedIndices(CWL, [row, row])).toMatchObject([{ stem: "cwl-foo-", documents: 12, bytes: 3400 }]);
    const closed = { index: "cwl-foo-2026.11.26", "docs.count": null, "store.size": "-1" };
    expect(ownedIndices(CWL, [closed])).toMatchObject([{ documents: undefined, bytes: undefined }]);
  });
});

describe("disksIn", () => {
  it("sums the nodes, without the row of the unassigned shards", () => {
    const rows = [
      { "disk.used": "10", "disk.total": "100" },
      { "disk.used": "30", "disk.total": "100" },
      { "disk.used": null, "disk.total": null },
    ];
    expect(disksIn(rows)).toEqual({ used: 40, total: 200 });
  });

  it("is undefined where more of a disk is used than there is", () => {
    const row = { "disk.used": "10", "disk.total": "100" };
    expect(disksIn([row, { "disk.used": "101", "disk.total": "100" }])).toBeUndefined();
    expect(disksIn([row, { "disk.used": "100", "disk.total": "100" }])).toEqual({ used: 110, total: 200 });
  });

  it("is undefined where no node has a disk", () => {
    expect(disksIn([null, 1, {}, { "disk.used": "x", "disk.total": "1" }])).toBeUndefined();
    expect(disksIn([])).toBeUndefined();
  });
});
