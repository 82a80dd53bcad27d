import type { GroupReport } from "../../../local/delivery/wait";
import { commandTable, exampleLines, reportTable } from "../../../local/report/tables";
import { displayWidth } from "../../../local/report/terminal";

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

const table = (
  groups: GroupReport[],
  width?: number,
  foreignObjects: string[] = [],
  unreadableObjects: ReadonlyMap<string, string> = new Map(),
) => reportTable({ groups, foreignObjects, unreadableObjects }, width);

const widest = (text: string) => Math.max(...text.split("\n").map(displayWidth));

describe("reportTable", () => {
  it("shows the outcome of each log group's events", () => {
    expect(table([foo, { ...foo, logGroup: "a-longer-name", put: 1, indexed: 1, archived: 1 }], 80)).toBe(
      `
  log group      put    indexed  archived  duplicates  lost  searchable after
  foo            1,001  1,001    1,001     0           0     8.5 s
  a-longer-name  1      1        1         0           0     8.5 s

Every event was found once, in the index and in the archive.
The archive has 4 objects, 93,216 bytes.`.slice(1),
    );
  });

  it.each([
    ["lost", { lost: 1, searchableSeconds: undefined }],
    ["duplicated", { duplicates: 1 }],
  ])("reports that an event was %s", (_, changes) => {
    expect(table([foo, { ...foo, ...changes }])).toContain("NOT every event was found once");
  });

  it("counts the archive's objects", () => {
    expect(table([{ ...foo, archivedObjects: 1 }])).toMatch(/\nThe archive has 1 object, 46,608 bytes\.$/);
  });

  it("has no time for a log group with missing events", () => {
    expect(table([{ ...foo, searchableSeconds: undefined }])).toContain("  not all\n");
  });

  it.each([
    [["logs/archive/"], "1 object in the archive was not written by the pipeline: logs/archive/"],
    [["a.txt", "b\u001b[2J\nc"], "2 objects in the archive were not written by the pipeline: a.txt, b c"],
  ])("names foreign objects in the archive on one harmless line", (keys, line) => {
    expect(table([foo], 80, keys).split("\n").slice(-2)).toEqual(["The archive has 2 objects, 46,608 bytes.", line]);
  });

  it("names objects that could not be read, with the reason", () => {
    expect(
      table([foo], 80, [], new Map([["a", "it has a line of more than 256 MiB"]]))
        .split("\n")
        .at(-1),
    ).toBe(
      "1 object in the archive was not counted, because not all of it could be read: a (it has a line of more than 256 MiB)",
    );
  });

  it("names so many foreign objects as a line has room for, the first one in whole", () => {
    const keys = Array.from({ length: 2_000 }, (_, n) => `${"k".repeat(1_000)}${n}`);
    const line = table([foo], 80, keys).split("\n").at(-1)!;
    expect(line).toContain(`2,000 objects in the archive were not written by the pipeline: ${keys[0]}, kk`);
    expect(line.length).toBeLessThan(1_200);
  });

  it("fits into 80 columns, with a million events and a long name", () => {
    const many = { put: 1_000_000, indexed: 1_000_000, archived: 1_000_000, logGroup: "/aws/lambda/".repeat(9) };
    expect(widest(table([{ ...foo, ...many }], 80))).toBeLessThanOrEqual(80);
  });
});

describe("exampleLines", () => {
  const event = { id: "1", logGroup: "foo", logStream: "s", timestamp: 1_795_230_000_123, message: "im a log" };

  it("shows message, log group and time, aligned", () => {
    const nginx = { ...event, logGroup: "bar/access", message: '192.0.2.1 - - "GET / HTTP/1.1" 200' };
    const cloudTrail = { ...event, message: '{"eventVersion":"1.08","eventName":"GetBucketAcl"}' };
    expect(exampleLines([event, nginx, cloudTrail], 80)).toBe(
      `
  im a log                                  foo         2026-11-21T03:00:00Z
  192.0.2.1 - - "GET / HTTP/1.1" 200        bar/access  2026-11-21T03:00:00Z
  eventName=GetBucketAcl eventVersion=1.08  foo         2026-11-21T03:00:00Z`.slice(1),
    );
  });

  it("shows ten at most", () => {
    expect(exampleLines(Array.from({ length: 99 }, () => event)).split("\n")).toHaveLength(10);
  });

  it.each([80, 160])("cuts the message to the terminal's width of %i columns", (width) => {
    const hostile = ["件の注文🐈".repeat(40), "x".repeat(1_000_000), "\u001b[2J\n".repeat(99), "a\tb\n".repeat(99)];
    const lines = exampleLines(
      hostile.map((message) => ({ ...event, logGroup: "/aws/lambda/".repeat(9), message })),
      width,
    );
    expect(lines.split("\n")).toHaveLength(hostile.length);
    expect(widest(lines)).toBeLessThanOrEqual(width);
    expect(widest(lines)).toBeGreaterThan(width - 3);
    expect(lines).toContain("…");
    expect(lines).not.toContain("\u001b");
  });
});

describe("commandTable", () => {
  it("cuts no command: what a long one does is on the next line", () => {
    const rows = [
      ["npm start -- status", "whether it runs"],
      ["npm run send -- --delivery-stream local-firehose-search", "lines of an application"],
      ["npm start -- stop", "end it"],
    ] as const;
    expect(commandTable(rows, 70).split("\n")).toEqual([
      "  npm start -- status  whether it runs",
      "  npm run send -- --delivery-stream local-firehose-search",
      "                       lines of an application",
      "  npm start -- stop    end it",
    ]);
    expect(commandTable(rows, 100).split("\n")).toEqual([
      "  npm start -- status                                      whether it runs",
      "  npm run send -- --delivery-stream local-firehose-search  lines of an application",
      "  npm start -- stop                                        end it",
    ]);
  });
});
