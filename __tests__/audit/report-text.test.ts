import type { UnitComparison } from "../../audit/comparison";
import { HourlyCounts } from "../../audit/counts";
import { Findings } from "../../audit/findings";
import { AuditReport } from "../../audit/report";
import { jsonReport } from "../../audit/report-json";
import { auditText, findingText } from "../../audit/report-text";
import { findingsOf } from "../../audit/unit-outcome";
import { defaultNames } from "../../core/settings/index-settings";

const HOUR = Date.UTC(2026, 10, 21, 3);

const ARGS = {
  ...{ bucket: "my-archive", archivePrefix: "", lateHours: 1, recordMaxBytes: 1, isDeep: false, isJson: false },
  selection: { fromMs: HOUR, toMs: HOUR + 3_600_000 },
  endpoint: { to: "endpoint", searchEndpoint: "https://search.example", names: defaultNames("cwl-") },
} as const;

/** A report of an hour in which one of two events is missing, and of another that is as it should be. */
function reportOf(missing: number): AuditReport {
  const report = new AuditReport(() => {});
  const counts = new HourlyCounts();
  Object.assign(counts.at(counts.numberOf(HOUR, "foo")), { archived: 2, indexed: 2 - missing, missing });
  Object.assign(counts.at(counts.numberOf(HOUR, "bar")), { archived: 1000, indexed: 1000 });
  const empty = { size: 0 };
  const compared = {
    counts,
    findings: new Findings(1),
    unread: [],
    toDeliver: { size: missing },
    toRewrite: empty,
    toRemove: [],
  };
  report.add(findingsOf(compared as unknown as UnitComparison));
  return report;
}

const lastLine = (text: string) => text.split("\n").at(-1);

describe("the report of an audit", () => {
  it("has the hours and log groups in which something is wrong, and the sum of all", () => {
    expect(auditText(reportOf(1), ARGS).split("\n").slice(0, 3)).toEqual([
      "hour (UTC)     log group     archived     left out     rejected      indexed      missing    duplicate        extra      altered",
      "2026-11-21T03  foo                  2            0            0            1            1            0            0            0",
      "all                             1,002            0            0        1,001            1            0            0            0",
    ]);
  });

  it("says that archive and index agree only if all was compared and nothing is wrong", () => {
    expect(lastLine(auditText(reportOf(0), ARGS))).toBe("Archive and index agree: 1,002 documents.");
    expect(lastLine(auditText(reportOf(1), ARGS))).toBe("Archive and index do not agree: 1 missing.");
    for (const meddle of [
      (report: AuditReport) => report.unseen.push({ fromMs: HOUR, toMs: HOUR + 1000, reason: "no answer" }),
      (report: AuditReport) => Object.assign(report, { stopped: "denied" }),
    ]) {
      const report = reportOf(0);
      meddle(report);
      expect(lastLine(auditText(report, ARGS))).toBe("Not everything could be compared: nothing is said of the rest.");
      expect(JSON.parse(lastLine(jsonReport(report))!)).toMatchObject({
        kind: "summary",
        agrees: false,
        complete: false,
      });
    }
  });

  it("says what healing would do", () => {
    const text = auditText(reportOf(1), { ...ARGS, heal: { isDone: false, deletes: true } });
    expect(text).toContain("--heal --delete --yes would deliver 1, write 0 again and remove 0");
  });

  it("names a document with its time, log group and object", () => {
    const finding = {
      kind: "missing",
      index: "cwl-foo-2026.11.21",
      id: "1.a",
      timeMs: HOUR,
      logGroup: "foo",
      object: "archive/x.gz",
    };
    expect(findingText(finding as Parameters<typeof findingText>[0])).toBe(
      "missing: cwl-foo-2026.11.21/1.a 2026-11-21T03:00:00.000Z of foo, archived in archive/x.gz",
    );
  });
});
