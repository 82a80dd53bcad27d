import type { ReplayArguments } from "../../replay/arguments/arguments";
import { duration, Progress, progressText } from "../../replay/progress";
import { Report, reportText, title } from "../../replay/report";

const ARGS: ReplayArguments = {
  bucket: "the-archive",
  archivePrefix: "",
  kind: "archive",
  selection: { fromMs: Date.UTC(2026, 10, 20), toMs: Date.UTC(2026, 10, 21), logGroup: "foo" },
  lateHours: 1,
  timeField: "",
  sink: { to: "endpoint", searchEndpoint: "https://search.example", indexPrefix: "cwl-" },
};

const MIB = 1024 * 1024;

function someReport(): Report {
  const report = new Report();
  report.objects = 1234;
  report.bytes = 30 * MIB;
  report.add({ found: 1_000_100, delivered: 900_000, alreadyPresent: 100_000, refused: 60 });
  return report;
}

describe("title", () => {
  it("says what is replayed", () => {
    expect(title(ARGS)).toBe(
      "archive in the-archive: events of foo from 2026-11-20T00:00:00Z until 2026-11-21T00:00:00Z",
    );
  });
});

describe("reportText", () => {
  it("is a table of what was found, and what became of it", () => {
    expect(reportText(someReport(), ARGS).split("\n")).toEqual([
      "objects                     1,234",
      "events found            1,000,100",
      "  delivered               900,000",
      "  found present           100,000",
      "  refused again                60",
      "  failed                       40",
      "objects failed                  0",
      "objects skipped                 0",
    ]);
  });

  it("names objects that were left out, up to 20 of each", () => {
    const report = someReport();
    for (let n = 0; n < 25; n++) report.skipped.add(`key-${n}`, "is damaged");
    report.failed.add("key", "cannot be read");
    const lines = reportText(report, ARGS).split("\n").slice(6);
    expect(lines[0]).toBe("objects failed                  1");
    expect(lines[1]).toBe("objects skipped                25");
    expect(lines[2]).toBe("failed: key cannot be read");
    expect(lines.slice(3)).toHaveLength(21);
    expect(lines.at(-1)).toBe("skipped: 5 more");
  });
});

describe("progressText", () => {
  it("says how far the run is, its rate, and how long the rest takes at that rate", () => {
    expect(progressText(someReport(), { objects: 2468, bytes: 120 * MIB }, 100_000)).toBe(
      "25%, 1,234 of 2,468 objects, 30.0 MiB of 120.0 MiB, 1,000,100 events, 10,001 events/s, 5 min 0 s left",
    );
  });

  it("promises nothing before anything is read", () => {
    expect(progressText(new Report(), { objects: 1, bytes: 10 }, 1000)).toBe(
      "0%, 0 of 1 objects, 0.0 MiB of 0.0 MiB, 0 events, 0 events/s",
    );
  });
});

describe("duration", () => {
  it.each([
    [0, "0 s"],
    [59_400, "59 s"],
    [60_000, "1 min 0 s"],
    [3_599_000, "59 min 59 s"],
    [7_500_000, "2 h 5 min"],
  ])("says %i ms as %s", (ms, text) => {
    expect(duration(ms)).toBe(text);
  });
});

describe("Progress", () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it.each([
    ["a terminal", true, "\r\u001b[K", "", 9],
    ["a file", false, "", "\n", 1],
  ])("writes to %s, neither too often nor too seldom", (_, isTTY, before, after, times) => {
    const written: string[] = [];
    const write = (text: string) => written.push(text) > 0;
    const progress = new Progress({ isTTY, write } as never, { objects: 1, bytes: 1 });
    const stepMs = isTTY ? 100 : 1000;
    for (let i = 0; i < 19; i++) {
      jest.advanceTimersByTime(stepMs);
      progress.update(new Report());
    }
    expect(written).toHaveLength(times);
    const text = "0%, 0 of 1 objects, 0.0 MiB of 0.0 MiB, 0 events, 0 events/s";
    expect(new Set(written)).toEqual(new Set([before + text + after]));
    progress.end();
    expect(written.slice(times)).toEqual(isTTY ? ["\r\u001b[K"] : []);
  });
});
