import { appendFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReplayArguments } from "../../replay/arguments/arguments";
import { Journal } from "../../replay/journal";

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

  it("leaves no file behind where nothing was finished", () => {
    const journal = new Journal(ARGS, folder);
    journal.remove();
    expect([journal.finishedBefore, existsSync(join(folder, ".local"))]).toEqual([0, false]);
  });

  it("remembers for the next run what is finished, and what became of it", () => {
    const first = new Journal(ARGS, folder);
    first.finish("a", TALLY);
    first.finish("b", TALLY);
    const second = new Journal(ARGS, folder);
    expect([second.isFinished("a"), second.isFinished("b"), second.isFinished("c")]).toEqual([true, true, false]);
    expect([second.finishedBefore, second.before]).toEqual([
      2,
      { found: 10, delivered: 6, alreadyPresent: 2, refused: 2 },
    ]);
    second.remove();
    expect(new Journal(ARGS, folder).finishedBefore).toBe(0);
  });

  it("belongs to one set of arguments", () => {
    new Journal(ARGS, folder).finish("a", TALLY);
    for (const other of [{ kind: "rejected" as const }, { selection: { fromMs: 0, toMs: 2 } }, { bucket: "other" }]) {
      expect(new Journal({ ...ARGS, ...other }, folder).isFinished("a")).toBe(false);
    }
  });

  it("drops a line that was being written when a run ended, and goes on behind the last whole one", () => {
    const journal = new Journal(ARGS, folder);
    journal.finish("a", TALLY);
    appendFileSync(journal.path, '{"key":"b","tal');
    const next = new Journal(ARGS, folder);
    expect([next.isFinished("a"), next.isFinished("b")]).toEqual([true, false]);
    next.finish("c", TALLY);
    expect(new Journal(ARGS, folder).isFinished("c")).toBe(true);
  });
});
