import { AuditReport } from "../../../audit/report";
import { jsonFinding, jsonReport } from "../../../audit/report-json";
import { auditMistakes, NO_FINDINGS, printedAudit } from "../../../soak/damage/expected-findings";
import { indexBefore } from "../../../soak/damage/inflict";

const place = (id: string) => ({ index: "soak-a-2026.11.28", id });
const summary = (agrees: boolean) => JSON.stringify({ kind: "summary", agrees, complete: true, archived: 7 });
const finding = (kind: string, id: string) => JSON.stringify({ kind, ...place(id), time: null });

describe("auditMistakes", () => {
  const expected = { ...NO_FINDINGS, missing: [place("a")], extra: [place("b")] };
  const mistakes = (...lines: string[]) => auditMistakes(expected, printedAudit(lines));

  it("are none if exactly what was done is named", () => {
    const printed = printedAudit([
      "archive in soak and index",
      finding("extra", "b"),
      finding("missing", "a"),
      summary(false),
    ]);
    expect(printed.archived).toBe(7);
    expect(auditMistakes(expected, printed)).toEqual([]);
    expect(auditMistakes(NO_FINDINGS, printedAudit([summary(true)]))).toEqual([]);
  });

  it("are what is not named, named otherwise, named twice, or right", () => {
    const named = [finding("missing", "b"), finding("missing", "a"), finding("missing", "a")];
    expect(mistakes(...named, summary(false))).toEqual([
      "not named: extra: soak-a-2026.11.28/b",
      "named, and right: missing: soak-a-2026.11.28/b",
      "named, and right: missing: soak-a-2026.11.28/a",
    ]);
  });

  it("are what was not compared, and a wrong conclusion", () => {
    const unread = JSON.stringify({ kind: "not-read", key: "k", reason: "r" });
    const found = [finding("missing", "a"), finding("extra", "b")];
    expect(mistakes(...found, unread, summary(true))).toEqual([
      `not compared: ${unread}`,
      "the summary says agrees: true",
    ]);
  });

  it("cannot be said without a summary", () => {
    expect(() => mistakes(finding("missing", "a"))).toThrow("the audit printed no summary");
  });

  it("reads what the audit prints", () => {
    const report = new AuditReport(() => {});
    report.unseen.push({ fromMs: 0, toMs: 1, reason: "closed" });
    const lines = [jsonFinding({ kind: "altered", ...place("a") }), ...jsonReport(report).split("\n")];
    expect(printedAudit(lines)).toMatchObject({
      findings: ["altered: soak-a-2026.11.28/a"],
      agrees: false,
      unseen: [expect.stringContaining("closed")],
    });
  });
});

describe("indexBefore", () => {
  it("is the index of an earlier day", () => {
    expect(indexBefore("soak-%2Faws%2Flambda-x-2026.03.02", 3)).toBe("soak-%2Faws%2Flambda-x-2026.02.27");
  });
});
