import type { Verdict } from "../../soak/audit/verdict";
import { CountsByName } from "../../soak/counts-by-name";
import { soakReportText } from "../../soak/report";

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
});
