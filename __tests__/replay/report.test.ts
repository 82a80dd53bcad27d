import { defaultNames } from "../../core/settings/index-settings";
import type { ReplayArguments } from "../../replay/arguments/arguments";
import { progressText, tookText } from "../../replay/progress";
import { Report } from "../../replay/report";
import { reportText, title } from "../../replay/report-text";
import { addTally } from "../../replay/sinks/sink";

const ARGS: ReplayArguments = {
  bucket: "the-archive",
  archivePrefix: "",
  kind: "archive",
  selection: { fromMs: Date.UTC(2026, 10, 20), toMs: Date.UTC(2026, 10, 21), logGroup: "foo" },
  lateHours: 1,
  timeField: "",
  recordMaxBytes: 2 ** 25,
  objectMaxBytes: 2 ** 24,
  sink: { to: "endpoint", searchEndpoint: "https://search.example", names: defaultNames("cwl-") },
};

const MIB = 1024 * 1024;

function someReport(): Report {
  const report = new Report();
  Object.assign(report, { objects: 1234, done: 1234, bytes: 30 * MIB, eventsRead: 1_000_100, failedEvents: 40 });
  addTally(report.tally, { found: 1_000_100, delivered: 900_000, alreadyIndexed: 99_900, rejected: 60, dropped: 100 });
  return report;
}

describe("title", () => {
  it("has kind, bucket, log group and time range", () => {
    expect(title(ARGS)).toBe(
      "archive in the-archive: events of foo from 2026-11-20T00:00:00Z until 2026-11-21T00:00:00Z",
    );
  });
});

describe("reportText", () => {
  it("is a table of the events that were found, and their outcomes", () => {
    expect(reportText(someReport(), ARGS).split("\n")).toEqual([
      "objects                     1,234",
      "events found            1,000,100",
      "  delivered               900,000",
      "  already indexed          99,900",
      "  dropped by rules            100",
      "  rejected again               60",
      "  failed                       40",
      "objects failed                  0",
      "objects skipped                 0",
    ]);
  });

  it("says that no events were found in the time range, once everything was read", () => {
    const report = new Report();
    report.isListed = true;
    const [last] = reportText(report, ARGS).split("\n").slice(-1);
    expect(last).toBe("No archive events of foo from 2026-11-20T00:00:00Z until 2026-11-21T00:00:00Z in the-archive.");
    report.isListed = false;
    expect(reportText(report, ARGS)).not.toContain("No archive events");
  });

  it("names objects that were left out, up to 20 of each", () => {
    const report = someReport();
    for (let n = 0; n < 25; n++) report.skipped.add(`key-${n}`, "is damaged");
    report.failed.add("key", "cannot be read");
    const lines = reportText(report, ARGS).split("\n").slice(7);
    expect(lines[0]).toBe("objects failed                  1");
    expect(lines[1]).toBe("objects skipped                25");
    expect(lines[2]).toBe("failed: key cannot be read");
    expect(lines.slice(3)).toHaveLength(21);
    expect(lines.at(-1)).toBe("skipped: 5 more");
  });

  it("lists what is unfinished, with the events that were read, and how much is done", () => {
    const report = someReport();
    Object.assign(report, { failedEvents: 0, unfinishedEvents: 40, unfinished: 4, notBegun: 1000 });
    expect(reportText(report, ARGS).split("\n")).toEqual([
      "objects                     2,238",
      "events found            1,000,100",
      "  delivered               900,000",
      "  already indexed          99,900",
      "  dropped by rules            100",
      "  rejected again               60",
      "  failed                        0",
      "  unfinished                   40",
      "objects failed                  0",
      "objects skipped                 0",
      "objects unfinished          1,004",
      "unfinished: 4 objects, 40 events read and not delivered; 1,000 objects not begun",
      "done: 1,234 of 2,238 objects",
    ]);
  });

  it.each([
    [{ unfinished: 1, unfinishedEvents: 1 }, "unfinished: 1 object, 1 event read and not delivered"],
    [{ unfinished: 2 }, "unfinished: 2 objects"],
    [{ notBegun: 1 }, "unfinished: 1 object not begun"],
  ])("formats the unfinished objects and events of %j", (known, text) => {
    const report = Object.assign(new Report(), known);
    expect(reportText(report, ARGS)).toContain(`\n${text}\ndone: 0 of `);
  });

  it("says where to look for what becomes of objects that are put on a queue", () => {
    const args: ReplayArguments = {
      ...ARGS,
      kind: "backfill",
      sink: { to: "queue", queueUrl: "https://sqs.example/q" },
    };
    const report = someReport();
    expect(reportText(report, args)).toMatch(/\nThe queue has them\. .*IgnoredObjects/);
    expect(reportText(new Report(), args)).not.toContain("The queue has them");
    expect(reportText(report, ARGS)).not.toContain("The queue has them");
  });

  it("omits delivery in an interrupted dry run", () => {
    const { sink, ...dryRun } = ARGS;
    const report = Object.assign(new Report(), { unfinished: 1, unfinishedEvents: 7 });
    expect(reportText(report, dryRun)).toContain("\nunfinished: 1 object\ndone: 0 of 1 object");
  });
});

describe("progressText", () => {
  it("has the run's progress, its rate, and the remaining time at that rate", () => {
    expect(progressText(someReport(), { objects: 2468, bytes: 120 * MIB }, 100_000)).toBe(
      "25%, 5 min 0 s left, 1,234 of 2,468 objects, 10,001 events/s, 1,000,100 events, 30.0 MiB of 120.0 MiB",
    );
  });

  it("has no remaining time before anything is read", () => {
    expect(progressText(new Report(), { objects: 1, bytes: 10 }, 1000)).toBe(
      "0%, 0 of 1 object, 0 events/s, 0 events, 0.0 MiB of 0.0 MiB",
    );
  });

  it("counts no object that the run had to leave unfinished", () => {
    const report = Object.assign(someReport(), { done: 1230, unfinished: 4 });
    expect(progressText(report, { objects: 2468, bytes: 120 * MIB }, 100_000)).toContain(" 1,230 of 2,468 objects,");
  });
});

describe("tookText", () => {
  it("has what this run has done and read, and its duration", () => {
    const report = Object.assign(someReport(), { done: 1230, unfinished: 4 });
    expect(tookText(report, { objects: 1234, bytes: 30 * MIB }, 100_000)).toBe(
      "This run: 1,230 of 1,234 objects done, 1,000,100 events read in 1 min 40 s (10,001 events/s)",
    );
  });
});
