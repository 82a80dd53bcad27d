import type { Verdict } from "../../soak/audit/verdict";
import { reportText } from "../../soak/report";
import { Tally } from "../../soak/tally";

function tally(counts: Record<string, number>): Tally {
  const made = new Tally();
  for (const [name, count] of Object.entries(counts)) made.add(name, count);
  return made;
}

const verdict: Verdict = {
  rows: [{ what: "events in the index", put: 12_345, found: 12_344, setAside: 1, doubled: 0, lost: 0 }],
  examples: [],
};
const report = {
  faults: tally({ "search killed": 2, "archive answers 500": 1_234 }),
  invocations: tally({ success: 70, ArchiveError: 3 }),
  alreadyPresent: 4_321,
  drained: true,
  verdict,
};

describe("reportText", () => {
  it("tells faults, invocations and deliveries in Markdown", () => {
    expect(reportText(report)).toBe(`| fault               | times |
| ------------------- | ----: |
| archive answers 500 | 1,234 |
| search killed       |     2 |

| invocation ended with | times |
| --------------------- | ----: |
| ArchiveError          |     3 |
| success               |    70 |

|                     |    put |  found | set aside | doubled | lost |
| ------------------- | -----: | -----: | --------: | ------: | ---: |
| events in the index | 12,345 | 12,344 |         1 |       0 |    0 |

Sent again although present: 4,321 events.

Nothing lost, nothing twice.`);
  });

  it("says so when something is lost or doubled, with examples", () => {
    const rows = [{ ...verdict.rows[0]!, lost: 1 }];
    const text = reportText({ ...report, verdict: { rows, examples: ["events in the index: lost: 7"] } });
    expect(text).toMatch(/NOT whole\.\nevents in the index: lost: 7$/);
  });

  it("says so when records were not acknowledged", () => {
    expect(reportText({ ...report, drained: false })).toContain("NOT drained");
  });
});
