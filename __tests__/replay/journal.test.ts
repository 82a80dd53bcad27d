import fs, { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StoppedError } from "../../archive/outcome-errors";
import { defaultNames } from "../../core/settings/index-settings";
import type { ReplayArguments } from "../../replay/arguments/arguments";
import { Journal } from "../../replay/journal";
import { emptyTally } from "../../replay/sinks/sink";
import { UsageError } from "../../tools/usage/usage-error";

const ARGS: ReplayArguments = {
  bucket: "the-archive",
  archivePrefix: "",
  kind: "archive",
  selection: { fromMs: 0, toMs: 1 },
  lateHours: 1,
  timeField: "",
  recordMaxBytes: 2 ** 25,
  objectMaxBytes: 2 ** 24,
  sink: { to: "stdout" },
};
const PARTLY = { found: 5, delivered: 2, alreadyIndexed: 1, rejected: 0, dropped: 0 };
const TALLY = { found: 5, delivered: 2, alreadyIndexed: 1, rejected: 1, dropped: 1 };

/** A version of an object. */
const version = (key: string, etag = "1") => ({ key, etag });

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
    expect([journal.known.finished, existsSync(journal.path)]).toEqual([0, false]);
  });

  it("is another for other names of indices", () => {
    const paths = ["apps", "others"].map((index) => {
      const names = { ...defaultNames("cwl-"), indices: new Map([["foo", index]]) };
      return open({ ...ARGS, sink: { to: "endpoint", searchEndpoint: "https://search.example", names } }).path;
    });
    expect(new Set(paths).size).toBe(2);
  });

  it("keeps finished objects and their outcomes for the next run", () => {
    const first = open();
    first.write({ ...version("a"), tally: TALLY });
    first.write({ ...version("b"), tally: TALLY });
    const second = open();
    expect([
      second.known.isFinished(version("a")),
      second.known.isFinished(version("b")),
      second.known.isFinished(version("c")),
    ]).toEqual([true, true, false]);
    expect([second.known.finished, second.known.finishedTally]).toEqual([
      2,
      { found: 10, delivered: 4, alreadyIndexed: 2, rejected: 2, dropped: 2 },
    ]);
    second.remove();
    expect(open().known.finished).toBe(0);
  });

  it("belongs to one set of arguments", () => {
    open().write({ ...version("a"), tally: TALLY });
    for (const other of [{ kind: "rejected" as const }, { selection: { fromMs: 0, toMs: 2 } }, { bucket: "other" }]) {
      expect(open({ ...ARGS, ...other }).known.isFinished(version("a"))).toBe(false);
    }
  });

  it("drops a line that was being written when a run ended, and continues after the last complete one", () => {
    const journal = open();
    journal.write({ ...version("a"), tally: TALLY });
    appendFileSync(journal.path, '{"key":"b","tal');
    const next = open();
    expect([next.known.isFinished(version("a")), next.known.isFinished(version("b"))]).toEqual([true, false]);
    next.write({ ...version("c"), tally: TALLY });
    expect(open().known.isFinished(version("c"))).toBe(true);
  });

  it("belongs to one region, account and endpoint", () => {
    open().write({ ...version("a"), tally: TALLY });
    expect(open(ARGS, { region: "us-east-1" }).known.isFinished(version("a"))).toBe(false);
    expect(open().known.isFinished(version("a"))).toBe(true);
  });

  it("keeps the last line of an unfinished object, until it is finished", () => {
    const first = open();
    first.write({
      ...version("a"),
      unfinished: { found: 3, delivered: 1, alreadyIndexed: 0, rejected: 0, dropped: 0 },
    });
    first.write({ ...version("a"), unfinished: PARTLY });
    first.write({ ...version("b"), unfinished: PARTLY });
    first.write({ ...version("b"), tally: TALLY });
    const second = open();
    expect(second.known.unfinished).toEqual([PARTLY]);
    expect([second.known.isFinished(version("a")), second.known.finished, second.known.finishedTally]).toEqual([
      false,
      1,
      TALLY,
    ]);
    expect([second.known.begin(version("a")), second.known.unfinished, second.known.begin(version("c"))]).toEqual([
      PARTLY,
      [],
      emptyTally(),
    ]);
  });

  it("counts an object once that two concurrent runs have finished", () => {
    const journals = [open(), open()];
    for (const journal of journals) journal.write({ ...version("a"), tally: TALLY });
    journals[0]!.write({ ...version("a"), unfinished: PARTLY });
    const next = open();
    expect([next.known.finished, next.known.finishedTally, next.known.unfinished]).toEqual([1, TALLY, []]);
  });

  const journalLine = (name: string, ...counts: unknown[]): string => {
    const [found, delivered, alreadyIndexed, rejected, dropped = 0] = counts;
    return JSON.stringify({ ...version("a"), [name]: { found, delivered, alreadyIndexed, rejected, dropped } });
  };

  it.each<[string, string]>([
    ["", "is no JSON"],
    ["garbage", "is no JSON"],
    ...["null", "[]", "{}", '"a"', '{"etag":"1"}', '{"key":1,"etag":"1"}'].map((line): [string, string] => [
      line,
      "is no object's outcome",
    ]),
    [JSON.stringify({ ...version("a"), tally: TALLY, more: 1 }), "is no object's outcome"],
    [JSON.stringify({ key: "a", tally: TALLY }), "has no ETag"],
    [JSON.stringify({ key: "a", etag: 1, tally: TALLY }), "has no ETag"],
    [JSON.stringify(version("a")), "is not either finished or unfinished"],
    [JSON.stringify({ ...version("a"), tally: TALLY, unfinished: PARTLY }), "is not either finished or unfinished"],
    ...[
      JSON.stringify({ ...version("a"), tally: null }),
      JSON.stringify({ ...version("a"), tally: { found: 1 } }),
      JSON.stringify({ ...version("a"), tally: { ...TALLY, more: 1 } }),
      // As versions wrote it that counted events by other names.
      JSON.stringify({ ...version("a"), tally: { found: 2, delivered: 1, alreadyPresent: 1, refused: 0 } }),
      journalLine("tally", 5, 3, 1, 0),
      journalLine("tally", 5, 5, 1, 0),
      journalLine("tally", 5, 6, -1, 0),
      journalLine("tally", 0.5, 0.5, 0, 0),
      journalLine("tally", 1e300, 1e300, 0, 0),
      journalLine("tally", Number.NaN, 0, 0, 0),
      journalLine("tally", "1", "1", 0, 0),
      journalLine("unfinished", 5, 5, 1, 0),
      journalLine("unfinished", 5, 0, 0, -1),
      journalLine("tally", 5, 5, 0, 0, 1),
    ].map((line): [string, string] => [line, "has counts that do not add up"]),
  ])("rejects a line %j, which %s, with advice", (line, reason) => {
    const journal = open();
    journal.write({ ...version("b"), tally: TALLY });
    appendFileSync(journal.path, `${line}\n`);
    expect(() => open()).toThrow(
      `${journal.path} is no journal of this replay: line 2 ${reason}. Remove the file to start over: ` +
        "delivered events are then found already indexed.",
    );
  });

  describe("beside the bucket", () => {
    /** A journal of the finished a, and of b, of which a part is replayed. */
    function interrupted(): Journal {
      const first = open();
      first.write({ ...version("a"), tally: TALLY });
      first.write({ ...version("b"), unfinished: PARTLY });
      return open();
    }

    it("keeps what the bucket still has", () => {
      const { known } = interrupted();
      for (const key of ["a", "b", "c"]) known.compare(version(key), TALLY.found);
      expect([known.forgetUnlisted(), known.finishedTally, known.unfinished]).toEqual([0, TALLY, [PARTLY]]);
    });

    it("forgets what was overwritten: it is done again, and counted once", () => {
      const { known } = interrupted();
      for (const key of ["a", "b"]) known.compare(version(key, "later"), TALLY.found);
      expect(known.isFinished(version("a", "later"))).toBe(false);
      expect([known.forgetUnlisted(), known.finishedTally, known.unfinished]).toEqual([2, emptyTally(), []]);
      expect(known.begin(version("b", "later"))).toEqual(emptyTally());
    });

    it("forgets what the bucket lacks", () => {
      const { known } = interrupted();
      known.compare(version("b"), TALLY.found);
      expect([known.forgetUnlisted(), known.finished, known.unfinished]).toEqual([1, 0, [PARTLY]]);
    });

    it("takes no result of what an object was before it was overwritten between listing and reading", () => {
      const { known } = interrupted();
      expect([known.begin(version("a", "later")), known.begin(version("b", "later"))]).toEqual([
        emptyTally(),
        emptyTally(),
      ]);
      expect([known.finished, known.unfinished]).toEqual([0, []]);
    });

    it.each(["a", "b"])("rejects more events than object %s can hold, with the line and with advice", (key) => {
      const { path, known } = interrupted();
      expect(() => known.compare(version(key), TALLY.found - 1)).toThrow(
        `${path} is no journal of this replay: line ${key === "a" ? 1 : 2} has 5 events, more than the 4 that ${key} can hold. Remove`,
      );
    });

    it("counts the last result of an object that was overwritten between two runs", () => {
      const first = open();
      first.write({ ...version("a"), tally: TALLY });
      first.write({ ...version("a", "later"), tally: { ...TALLY, found: 6, delivered: 3 } });
      const { known } = open();
      expect([known.finished, known.finishedTally.found]).toEqual([1, 6]);
      expect([known.isFinished(version("a")), known.isFinished(version("a", "later"))]).toEqual([false, true]);
    });
  });

  it("reports that its folder cannot be created", () => {
    writeFileSync(join(folder, ".local"), "");
    expect(() => open()).toThrow(/cannot be used to remember what is finished: ENOTDIR|EEXIST/);
    expect(() => open()).toThrow(UsageError);
  });

  it("stops the run when it cannot be written any more", () => {
    const journal = open();
    mkdirSync(journal.path);
    expect(() => journal.write({ ...version("a"), tally: TALLY })).toThrow(StoppedError);
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
      journal.write({ ...version("a"), tally: TALLY });
      fillDisk();
      expect(() => journal.write({ ...version("b"), unfinished: PARTLY })).toThrow(StoppedError);
      journal.write({ ...version("c"), tally: TALLY });
      const next = open();
      expect(["a", "b", "c"].map((key) => next.known.isFinished(version(key)))).toEqual([true, false, true]);
      expect(next.known.finishedTally.found).toBe(2 * TALLY.found);
    });

    it("keeps no journal of half a line alone", () => {
      const journal = open();
      fillDisk();
      expect(() => journal.write({ ...version("a"), tally: TALLY })).toThrow("ENOSPC");
      expect([journal.isKept, open().isContinued]).toEqual([false, false]);
    });

    it("writes nothing after half a line that cannot be removed", () => {
      const journal = open();
      journal.write({ ...version("a"), tally: TALLY });
      fillDisk();
      jest.spyOn(fs, "truncateSync").mockImplementationOnce(() => {
        throw new Error("EIO: i/o error, truncate");
      });
      for (const key of ["b", "c"]) expect(() => journal.write({ ...version(key), tally: TALLY })).toThrow("ENOSPC");
      const next = open();
      expect(["a", "b", "c"].map((key) => next.known.isFinished(version(key)))).toEqual([true, false, false]);
    });
  });
});
