import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReplayArguments } from "../../replay/arguments/arguments";
import { MistakesError } from "../../replay/arguments/mistakes";
import { Journal } from "../../replay/journal";
import { StoppedError } from "../../replay/outcome-errors";

const ARGS: ReplayArguments = {
  bucket: "the-archive",
  archivePrefix: "",
  kind: "archive",
  selection: { fromMs: 0, toMs: 1 },
  lateHours: 1,
  timeField: "",
  sink: { to: "stdout" },
};
const TALLY = { found: 5, delivered: 3, alreadyPresent: 1, refused: 1 };

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

  it("remembers for the next run what is finished, and what became of it", () => {
    const first = open();
    first.finish("a", TALLY);
    first.finish("b", TALLY);
    const second = open();
    expect([second.isFinished("a"), second.isFinished("b"), second.isFinished("c")]).toEqual([true, true, false]);
    expect([second.finishedBefore, second.before]).toEqual([
      2,
      { found: 10, delivered: 6, alreadyPresent: 2, refused: 2 },
    ]);
    second.remove();
    expect(open().finishedBefore).toBe(0);
  });

  it("belongs to one set of arguments", () => {
    open().finish("a", TALLY);
    for (const other of [{ kind: "rejected" as const }, { selection: { fromMs: 0, toMs: 2 } }, { bucket: "other" }]) {
      expect(open({ ...ARGS, ...other }).isFinished("a")).toBe(false);
    }
  });

  it("drops a line that was being written when a run ended, and goes on behind the last whole one", () => {
    const journal = open();
    journal.finish("a", TALLY);
    appendFileSync(journal.path, '{"key":"b","tal');
    const next = open();
    expect([next.isFinished("a"), next.isFinished("b")]).toEqual([true, false]);
    next.finish("c", TALLY);
    expect(open().isFinished("c")).toBe(true);
  });

  it("belongs to one region, account and endpoint", () => {
    open().finish("a", TALLY);
    expect(open(ARGS, { region: "us-east-1" }).isFinished("a")).toBe(false);
    expect(open().isFinished("a")).toBe(true);
  });

  it.each(["garbage", "{}", '{"key":"a","tally":{"found":1}}'])("refuses a line %s, and says what to do", (line) => {
    const { path } = open();
    appendFileSync(path, `${line}\n`);
    expect(() => open()).toThrow(`${path} is no journal of a replay: line 1 tells no finished object. Remove the file`);
  });

  it("says that its folder can't be made", () => {
    writeFileSync(join(folder, ".local"), "");
    expect(() => open()).toThrow(/cannot be used to remember what is finished: ENOTDIR|EEXIST/);
    expect(() => open()).toThrow(MistakesError);
  });

  it("stops the run when it can't be written any more", () => {
    const journal = open();
    mkdirSync(journal.path);
    expect(() => journal.finish("a", TALLY)).toThrow(StoppedError);
  });
});
