import type { AccessLogReport } from "../../../local/access-logs/wait";
import { BitSet } from "../../../local/delivery/bit-set";
import { accessLogTable } from "../../../local/report/access-logs";

const expected = { events: new BitSet(), eventCount: 1_001, lines: 1_004, headers: 2, blank: 1, damage: undefined };
const report: AccessLogReport = {
  log: {
    ...{
      path: "/logs/a/alb.log.gz",
      name: "alb.log.gz",
      bytes: 1,
      modified: 0,
      format: "alb_access",
      isGzip: true,
      key: "k",
      expected,
    },
    ...{ bucket: "b", idSuffix: ".x", putAt: 0 },
  },
  found: 1_000,
  duplicates: 0,
  rejected: new Map([["no \u001b[31mnumber", 1]]),
  lost: 0,
  unreadable: undefined,
  ignored: undefined,
  seconds: 4,
};

const table = (...files: AccessLogReport[]) =>
  accessLogTable({ files, quarantine: { bucket: "archive", prefix: "p/" } }, 120);

describe("accessLogTable", () => {
  it("shows what was found of each file, what was not and why, and where it is", () => {
    const other = {
      ...report.log,
      path: "/logs/b/own.log",
      format: undefined,
      expected: { ...expected, headers: 0, blank: 0 },
    };
    expect(table(report, { ...report, log: other, rejected: new Map(), unreadable: "truncated gzip" })).toBe(
      `
  access log    format      lines  found  rejected  duplicates  lost  lines/s
  a/alb.log.gz  alb_access  1,001  1,000  1         0           0     250
  b/own.log     text        1,001  1,000  0         0           0     250

Not in the index:
  a/alb.log.gz: 2 lines that name fields, 1 blank line
  a/alb.log.gz: 1 line quarantined: no number
  b/own.log: unreadable after the lines that were found: truncated gzip

Every line was found once in the index, or is in the quarantine.
The quarantine is s3://archive/p/access-logs/.`.slice(1),
    );
  });

  it.each([
    ["lost", { lost: 1, seconds: undefined }],
    ["duplicated", { duplicates: 1 }],
  ])("says that a line was %s", (_, changes) => {
    expect(table({ ...report, ...changes })).toContain("NOT every line was found once");
  });

  it("cuts the beginning of a long name, which is the same in all of AWS's", () => {
    const path = `/sync/${"AWSLogs/".repeat(20)}\u001b[31mend.log.gz`;
    const lines = accessLogTable(
      {
        files: [{ ...report, log: { ...report.log, path: `${path}` } }, report],
        quarantine: { bucket: "b", prefix: "" },
      },
      80,
    ).split("\n");
    expect(lines[1]).toMatch(/^ {2}…\S*end\.log\.gz {2}alb_access/);
    // Wider than the terminal, rather than with less of it.
    expect(lines[1]!.indexOf("  alb_access")).toBe(2 + 24);
  });

  it("says why a file was left out", () => {
    const ignored = table({ ...report, found: 0, rejected: new Map(), ignored: "digest" });
    expect(ignored).toContain("alb.log.gz: ignored, because its key is that of a file without logs (digest)");
    expect(ignored).not.toContain("s3://");
  });
});
