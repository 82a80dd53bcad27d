import fs, { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReplayArguments } from "../../replay/arguments/arguments";
import { Journal } from "../../replay/journal";
import { StoppedError } from "../../replay/outcome-errors";
import { emptyTally } from "../../replay/sinks/sink";
import { UsageError } from "../../tools/usage/usage-error";

const ARGS: ReplayArguments = {
  bucket: "the-archive",
  archivePrefix: "",
  kind: "archive",
  selection: { fromMs: 0, toMs: 1 },
  lateHours: 1,
  timeField: "",
  sink: { to: "stdout" },
};
const PARTLY = { found: 5, delivered: 2, alreadyIndexed: 1, rejected: 0 };
const TALLY = { found: 5, delivered: 3, alreadyIndexed: 1, rejected: 1 };

describe("Journal", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "journal-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A journal that is ready to be written. */
  function open(args = ARGS, surroundings: unknown = { region: "eu-central-1" }): Journal {
    const journal = new Journal(args, surroundings, folder);
    journal.prepare();
    return journal;
  }

  it("leaves no file behind where nothing was finished", () => {
    const journal = open();
    expect([journal.finishedBefore, existsSync(journal.path)]).toEqual([0, false]);
  });

  it("keeps finished objects and their outcomes for the next run", () => {
    const first = open();
    first.write({ key: "a", tally: TALLY });
    first.write({ key: "b", tally: TALLY });
    const second = open();
    expect([second.isFinished("a"), second.isFinished("b"), second.isFinished("c")]).toEqual([true, true, false]);
    expect([second.finishedBefore, second.before]).toEqual([
      2,
      { found: 10, delivered: 6, alreadyIndexed: 2, rejected: 2 },
    ]);
    second.remove();
    expect(open().finishedBefore).toBe(0);
  });

  it("belongs to one set of arguments", () => {
    open().write({ key: "a", tally: TALLY });
    for (const other of [{ kind: "rejected" as const }, { selection: { fromMs: 0, toMs: 2 } }, { bucket: "other" }]) {
      expect(open({ ...ARGS, ...other }).isFinished("a")).toBe(false);
    }
  });

  it("drops a line that was being written when a run ended, and continues after the last complete one", () => {
    const journal = open();
    journal.write({ key: "a", tally: TALLY });
    appendFileSync(journal.path, '{"key":"b","tal');
    const next = open();
    expect([next.isFinished("a"), next.isFinished("b")]).toEqual([true, false]);
    next.write({ key: "c", tally: TALLY });
    expect(open().isFinished("c")).toBe(true);
  });

  it("belongs to one region, account and endpoint", () => {
    open().write({ key: "a", tally: TALLY });
    expect(open(ARGS, { region: "us-east-1" }).isFinished("a")).toBe(false);
    expect(open().isFinished("a")).toBe(true);
  });

  it("keeps the last line of an unfinished object, until it is finished", () => {
    const first = open();
    first.write({ key: "a", unfinished: { found: 3, delivered: 1, alreadyIndexed: 0, rejected: 0 } });
    first.write({ key: "a", unfinished: PARTLY });
    first.write({ key: "b", unfinished: PARTLY });
    first.write({ key: "b", tally: TALLY });
    const second = open();
    expect([...second.unfinished]).toEqual([["a", PARTLY]]);
    expect([second.isFinished("a"), second.finishedBefore, second.before]).toEqual([false, 1, TALLY]);
    expect([second.begin("a"), second.unfinished.size, second.begin("c")]).toEqual([PARTLY, 0, emptyTally()]);
  });

  it("counts an object once that two concurrent runs have finished", () => {
    const journals = [open(), open()];
    for (const journal of journals) journal.write({ key: "a", tally: TALLY });
    journals[0]!.write({ key: "a", unfinished: PARTLY });
    const next = open();
    expect([next.finishedBefore, next.before, next.unfinished.size]).toEqual([1, TALLY, 0]);
  });

  it("reads a journal of the earlier version, which has finished objects only", () => {
    const { path } = open();
    appendFileSync(path, '{"key":"a","tally":{"found":5,"delivered":3,"alreadyIndexed":1,"rejected":1}}\n');
    const next = open();
    expect([next.isFinished("a"), next.before]).toEqual([true, TALLY]);
  });

  const journalLine = (name: string, ...counts: unknown[]): string => {
    const [found, delivered, alreadyIndexed, rejected] = counts;
    return JSON.stringify({ key: "a", [name]: { found, delivered, alreadyIndexed, rejected } });
  };

  it.each([
    ...["", "garbage", "null", "[]", "{}", '"a"', '{"key":"a"}', '{"key":"a","tally":{"found":1}}'],
    ...[
      `{"key":"a","tally":${JSON.stringify(TALLY)},"unfinished":${JSON.stringify(PARTLY)}}`,
      '{"key":"a","tally":null}',
    ],
    journalLine("tally", 5, 3, 1, 0),
    journalLine("tally", 5, 5, 1, 0),
    journalLine("tally", 5, 6, -1, 0),
    journalLine("tally", 0.5, 0.5, 0, 0),
    // As versions wrote it that counted events by other names.
    '{"key":"a","tally":{"found":2,"delivered":1,"alreadyPresent":1,"refused":0}}',
    journalLine("tally", 1e300, 1e300, 0, 0),
    journalLine("tally", "1", "1", 0, 0),
    journalLine("unfinished", 5, 5, 1, 0),
    journalLine("unfinished", 5, 0, 0, -1),
  ])("rejects a line %j, with advice", (line) => {
    const journal = open();
    journal.write({ key: "b", tally: TALLY });
    appendFileSync(journal.path, `${line}\n`);
    expect(() => open()).toThrow(
      `${journal.path} is no journal of a replay: line 2 is no object with counts that add up. Remove the file`,
    );
  });

  it("reports that its folder cannot be created", () => {
    writeFileSync(join(folder, ".local"), "");
    expect(() => open()).toThrow(/cannot be used to remember what is finished: ENOTDIR|EEXIST/);
    expect(() => open()).toThrow(UsageError);
  });

  it("stops the run when it cannot be written any more", () => {
    const journal = open();
    mkdirSync(journal.path);
    expect(() => journal.write({ key: "a", tally: TALLY })).toThrow(StoppedError);
  });

  describe("on a disk that is full for a moment", () => {
    afterEach(() => jest.restoreAllMocks());

    /** Lets the disk get full in the middle of the next line. */
    function fillDisk(): void {
      jest.spyOn(fs, "appendFileSync").mockImplementationOnce((path, line) => {
        writeFileSync(path, String(line).slice(0, 20), { flag: "a" });
        throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
      });
    }

    it("removes half a line, so that the lines before and after it count", () => {
      const journal = open();
      journal.write({ key: "a", tally: TALLY });
      fillDisk();
      expect(() => journal.write({ key: "b", unfinished: PARTLY })).toThrow(StoppedError);
      journal.write({ key: "c", tally: TALLY });
      const next = open();
      expect(["a", "b", "c"].map((key) => next.isFinished(key))).toEqual([true, false, true]);
      expect(next.before.found).toBe(2 * TALLY.found);
    });

    it("keeps no journal of half a line alone", () => {
      const journal = open();
      fillDisk();
      expect(() => journal.write({ key: "a", tally: TALLY })).toThrow("ENOSPC");
      expect([journal.isKept, open().isContinued]).toEqual([false, false]);
    });

    it("writes nothing after half a line that cannot be removed", () => {
      const journal = open();
      journal.write({ key: "a", tally: TALLY });
      fillDisk();
      jest.spyOn(fs, "truncateSync").mockImplementationOnce(() => {
        throw new Error("EIO: i/o error, truncate");
      });
      for (const key of ["b", "c"]) expect(() => journal.write({ key, tally: TALLY })).toThrow("ENOSPC");
      const next = open();
      expect(["a", "b", "c"].map((key) => next.isFinished(key))).toEqual([true, false, false]);
    });
  });
});
