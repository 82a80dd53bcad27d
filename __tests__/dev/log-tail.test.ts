import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LogTail } from "../../dev/log-tail";

let folder: string;
let log: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "log-tail-"));
  log = join(folder, "foo.log");
});

afterEach(() => rmSync(folder, { recursive: true }));

describe("LogTail", () => {
  it("reads the lines that were appended since, without their times", () => {
    writeFileSync(log, "2026-11-26T10:00:00.000Z before\n");
    const tail = new LogTail(log);
    expect(tail.read()).toEqual([]);
    appendFileSync(log, "2026-11-26T10:00:01.000Z one größer\n2026-11-26T10:00:02.000Z t");
    expect(tail.read()).toEqual(["one größer"]);
    appendFileSync(log, "wo\n");
    expect(tail.read()).toEqual(["two"]);
  });

  it("reads a log that did not exist before from its start", () => {
    const tail = new LogTail(log);
    expect(tail.read()).toEqual([]);
    writeFileSync(log, "2026-11-26T10:00:00.000Z first\n");
    expect(tail.read()).toEqual(["first"]);
  });

  it("waits until the lines match, over several reads", async () => {
    const tail = new LogTail(log);
    const found = tail.until((lines) => (lines.length >= 2 ? lines.join() : undefined), new AbortController().signal);
    appendFileSync(log, "time a\n");
    setTimeout(() => appendFileSync(log, "time b\n"), 150);
    expect(await found).toBe("a,b");
  });

  it("stops waiting when it is aborted", async () => {
    const waiting = new LogTail(log).until(() => undefined, AbortSignal.abort());
    await expect(waiting).rejects.toThrow("aborted");
  });
});
