import { documentLines, reportTable } from "../../../local/report/text";
import type { GroupReport } from "../../../local/report/wait";

const foo: GroupReport = {
  logGroup: "foo",
  put: 1_001,
  indexed: 1_001,
  archived: 1_001,
  archivedObjects: 2,
  archivedBytes: 46_608,
  duplicates: 0,
  lost: 0,
  searchableSeconds: 8.54,
};

describe("reportTable", () => {
  it("tells what became of each log group's events", () => {
    expect(reportTable([foo, { ...foo, logGroup: "a-longer-name", put: 1, indexed: 1, archived: 1 }])).toBe(
      `
  log group      put    indexed  archived                          duplicates  lost  searchable after
  foo            1,001  1,001    1,001 in 2 objects, 46,608 bytes  0           0     8.5 s
  a-longer-name  1      1        1 in 2 objects, 46,608 bytes      0           0     8.5 s

Every event was found once, in the index and in the archive.`.slice(1),
    );
  });

  it.each([
    ["lost", { lost: 1, searchableSeconds: undefined }],
    ["doubled", { duplicates: 1 }],
  ])("says so when an event was %s", (_, changes) => {
    expect(reportTable([foo, { ...foo, ...changes }])).toContain("NOT every event was found once");
  });

  it("has no time for a log group of which not all was found", () => {
    expect(reportTable([{ ...foo, searchableSeconds: undefined }])).toContain("  not all\n");
  });
});

describe("documentLines", () => {
  it("shows the beginning of each document", () => {
    const documents = [{ _index: "cwl-foo-2026.11.21", _id: "1", _source: { message: "x".repeat(500) } }];
    expect(documentLines(documents)).toBe(`  cwl-foo-2026.11.21  {"message":"${"x".repeat(228)}…`);
  });
});
