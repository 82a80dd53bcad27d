import type { Verdict } from "../../soak/audit/verdict";
import { CountsByName } from "../../soak/counts-by-name";
import { hasPassed, soakReportText } from "../../soak/report";

function counts(by: Record<string, number>): CountsByName {
  const made = new CountsByName();
  for (const [name, count] of Object.entries(by)) made.add(name, count);
  return made;
}

const verdict: Verdict = {
  rows: [{ kind: "events in the index", put: 12_345, found: 12_344, rejected: 1, duplicated: 0, lost: 0 }],
  examples: [],
};
const report = {
  faults: counts({ "search killed": 2, "archive answers 500": 1_234 }),
  invocations: counts({ success: 70, ArchiveError: 3 }),
  alreadyIndexed: 4_321,
  drained: true,
  verdict,
  waits: [
    { shardId: "shardId-000000000000", records: 1_200, hostile: 90, longestMs: 31_234 },
    { shardId: "shardId-000000000001", records: 1_100, hostile: 0, longestMs: 29_000 },
  ],
  searchCrashes: [],
};

describe("soakReportText", () => {
  it("lists faults, invocations and deliveries in Markdown", () => {
    expect(soakReportText(report)).toBe(`| fault               | times |
| ------------------- | ----: |
| archive answers 500 | 1,234 |
| search killed       |     2 |

| invocation ended with | times |
| --------------------- | ----: |
| ArchiveError          |     3 |
| success               |    70 |

|                     |    put |  found | rejected | duplicated | lost |
| ------------------- | -----: | -----: | -------: | ---------: | ---: |
| events in the index | 12,345 | 12,344 |        1 |          0 |    0 |

| shard                | records | a stranger's | longest wait of the others (s) |
| -------------------- | ------: | -----------: | -----------------------------: |
| shardId-000000000000 |   1,200 |           90 |                           31.2 |
| shardId-000000000001 |   1,100 |            0 |                           29.0 |

Sent again although already indexed: 4,321 events.

Nothing lost, nothing duplicated.`);
  });

  it("lists examples when something is lost or duplicated", () => {
    const rows = [{ ...verdict.rows[0]!, lost: 1 }];
    const text = soakReportText({ ...report, verdict: { rows, examples: ["events in the index: lost: 7"] } });
    expect(text).toMatch(/NOT exactly once\.\nevents in the index: lost: 7$/);
  });

  it("warns when records were not acknowledged", () => {
    expect(soakReportText({ ...report, drained: false })).toContain("NOT drained");
  });

  it("says where commands were wrong, and does not repeat it without end", () => {
    const text = soakReportText({ ...report, mistakes: Array.from({ length: 1_000 }, (_, n) => `mistake ${n}`) });
    expect(text).toContain("The commands are WRONG in 1,000 places:\nmistake 0\n");
    expect(text).not.toContain("mistake 30");
  });

  it("says which shards were held up, and how OpenSearch crashed", () => {
    const [hostile, clean] = report.waits;
    const waits = [{ ...hostile!, longestMs: 100_000 }, clean!];
    expect(soakReportText({ ...report, waits })).toContain("HELD UP");
    expect(soakReportText({ ...report, searchCrashes: ["exit status 127"] })).toContain("CRASHED: exit status 127");
  });
});

describe("hasPassed", () => {
  it("is true for a soak that found everything once", () => {
    expect(hasPassed(report)).toBe(true);
  });

  it.each([
    ["lost an event", { verdict: { rows: [{ ...verdict.rows[0]!, lost: 1 }], examples: [] } }],
    ["left records unacknowledged", { drained: false }],
    ["crashed OpenSearch", { searchCrashes: ["exit status 127"] }],
    ["had an audit that named what is right", { mistakes: ["named, and right: missing: i/a"] }],
    ["held up a shard", { waits: [{ ...report.waits[0]!, longestMs: 88_001 }, report.waits[1]!] }],
  ])("is false for one that %s", (_, changes) => {
    expect(hasPassed({ ...report, ...changes })).toBe(false);
  });
});
