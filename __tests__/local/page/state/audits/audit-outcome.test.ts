import fc from "fast-check";
import { AuditReader, joinedOutcome, MAX_FINDINGS } from "../../../../../local/page/state/audits/audit-outcome";

const hour = (log_group: string, counts: object) =>
  JSON.stringify({ kind: "hour", hour: "2026-11-28T15:00:00.000Z", log_group, archived: 9, ...counts });
const finding = (kind: string, id: string, log_group: string | null = "foo") =>
  JSON.stringify({ kind, index: "cwl-foo-2026.11.28", id, time: null, log_group, object: null });
const summary = (more: object = {}) => JSON.stringify({ kind: "summary", agrees: true, complete: true, ...more });
const none = { missing: 0, duplicate: 0, extra: 0, altered: 0 };

function read(lines: readonly string[], how = "exit status 0") {
  const reader = new AuditReader();
  for (const line of lines) reader.add(line);
  return reader.outcome(how);
}

describe("AuditReader", () => {
  it("adds up the hours of each log group, and keeps the first findings", () => {
    const outcome = read(
      [
        "archive in my-archive and index: events from …",
        ...["1", "2", "3", "4", "5", "6"].map((id) => finding("missing", id)),
        finding("extra", "7", null),
        hour("foo", { ...none, missing: 4, duplicate: 1 }),
        hour("foo", { ...none, missing: 2 }),
        hour("bar", none),
        summary({ agrees: false }),
      ],
      "exit status 1",
    );
    expect(outcome.groups.get("foo")).toEqual({ ...none, missing: 6, duplicate: 1 });
    expect(outcome.groups.get("bar")).toEqual(none);
    expect(outcome.findings.map(({ id }) => id)).toEqual(["1", "2", "3", "4", "5", "7"]);
    expect(outcome.findings.filter(({ logGroup }) => logGroup === "foo")).toHaveLength(MAX_FINDINGS);
    expect(outcome.error).toBeUndefined();
  });

  it("says why not all was compared", () => {
    const unseen = JSON.stringify({ kind: "not-compared", from: "a", to: "b", reason: "a shard fails" });
    const unread = JSON.stringify({ kind: "not-read", key: "archive/x.gz", reason: "is damaged" });
    const incomplete = summary({ complete: false });
    expect(read([unseen, unread, incomplete]).error).toBe("a shard fails\nis damaged");
    expect(read([summary({ complete: false, stopped: "The bucket cannot be listed." })]).error).toBe(
      "The bucket cannot be listed.",
    );
    expect(read(["The search endpoint cannot be used: ECONNREFUSED.", ""], "exit status 2").error).toBe(
      "The search endpoint cannot be used: ECONNREFUSED.",
    );
    expect(read([hour("foo", none)], "signal SIGKILL").error).toBe("signal SIGKILL");
  });

  it("takes no line for a report that is none", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.json())), (lines) => {
        const text = lines.filter((line) => !line.includes('"kind"'));
        const outcome = read([...text, summary()]);
        expect(outcome).toEqual({ groups: new Map(), findings: [], error: undefined });
      }),
    );
  });
});

describe("joinedOutcome", () => {
  it("adds what audits of several buckets have found, and is no more complete than each", () => {
    const one = read([hour("foo", { ...none, missing: 1 }), finding("missing", "1"), summary()]);
    const other = read([hour("foo", { ...none, missing: 2 }), "no such bucket"]);
    const both = joinedOutcome([one, other]);
    expect(both.groups.get("foo")).toEqual({ ...none, missing: 3 });
    expect(both.findings).toHaveLength(1);
    expect(both.error).toBe("no such bucket");
    expect(joinedOutcome([one, one]).error).toBeUndefined();
  });
});
