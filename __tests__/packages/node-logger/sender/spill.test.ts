import fs, { mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import promises from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { Sender } from "../../../../packages/node-logger/src/sender/sender";
import { completeSenderOptions, type SenderOptions } from "../../../../packages/node-logger/src/sender/sender-options";
import type { LoggerWarning } from "../../../../packages/node-logger/src/sender/warnings";
import { FakeRecordService } from "../../../support/fake-record-service";

let folder: string;
const senders: Sender[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "spill-"));
});
afterEach(async () => {
  await Promise.all(senders.splice(0).map((sender) => sender.close(0)));
  rmSync(folder, { recursive: true });
});

function prepare(options: SenderOptions) {
  const service = new FakeRecordService();
  const warnings: LoggerWarning[] = [];
  const onWarning = (warning: LoggerWarning) => warnings.push(warning);
  const settings = { onWarning, flushAtExit: false, bufferSeconds: 0.05, recordBytes: 1_000, ...options };
  const complete = completeSenderOptions(settings, []);
  const sender = new Sender(service, { ...complete, memoryBytes: 20_000 });
  senders.push(sender);
  return { service, warnings, sender };
}

const lineOf = (id: string) => JSON.stringify({ text: "x".repeat(300), "event.id": id });

function log(sender: Sender, ids: readonly string[]): void {
  for (const id of ids) sender.add({ text: lineOf(id), unsayable: 0, isCut: false });
}

const IDS = Array.from({ length: 500 }, (_, i) => `line-${i}`);

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe("the spill file", () => {
  it("takes what memory has no room for, readable by its owner alone, and gives it back when the stream is there", async () => {
    const spill = join(folder, "lines");
    const { service, sender, warnings } = prepare({ spill });
    service.next = () => "missing";
    for (const id of IDS) {
      log(sender, [id]);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => sender.stats().spilled > 300 && warnings.length > 0);
    const modes = readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777);
    expect(new Set(modes)).toEqual(new Set([0o600]));
    expect(sender.stats().dropped.full).toBe(0);
    service.next = () => "ok";
    await sender.flush(60);
    await until(() => new Set(service.acknowledged).size === IDS.length);
    expect(service.acknowledged.slice().sort()).toEqual(IDS.slice().sort());
    await until(() => readdirSync(folder).length === 0);
    expect(new Set(warnings.map(({ kind }) => kind))).toEqual(new Set(["not-found"]));
  });

  it("takes lines before memory is full, so that there is room for those that come meanwhile", async () => {
    const { service, sender } = prepare({ spill: join(folder, "lines") });
    service.next = () => "missing";
    log(sender, IDS.slice(0, 40));
    expect(sender.stats().pending).toBe(40);
    await until(() => sender.stats().spilled > 0);
    expect(sender.stats().dropped.full).toBe(0);
  });

  it("is read at the start, with what a killed reader had taken, and without what a killed writer has left half", async () => {
    const spill = join(folder, "lines");
    writeFileSync(spill, `\n${lineOf("a")}\n{"torn":\n${lineOf("b")}\n${lineOf("c").slice(0, 50)}`);
    writeFileSync(`${spill}.0f8fad5b-d9cb-469f-a165-70867728950e.taken`, `${lineOf("d")}\n`);
    const { service, sender, warnings } = prepare({ spill });
    await until(() => service.acknowledged.length === 4 - 1);
    expect(service.acknowledged.slice().sort()).toEqual(["a", "b", "d"]);
    await until(() => readdirSync(folder).length === 0);
    expect(warnings).toMatchObject([{ kind: "spill", message: expect.stringContaining("2 lines of"), count: 2 }]);
    expect(sender.stats()).toMatchObject({ restored: 3, delivered: 3, pending: 0 });
  });

  it("that cannot be read stays, and keeps back no other", async () => {
    const spill = join(folder, "lines");
    writeFileSync(spill, `${lineOf("a")}\n`);
    writeFileSync(`${spill}.0f8fad5b-d9cb-469f-a165-70867728950e.taken`, `${lineOf("b")}\n`);
    const denied = () => new Readable({ read: (): void => void 0 }).destroy(new Error("denied"));
    jest.spyOn(fs, "createReadStream").mockImplementationOnce(denied as never);
    const { service, warnings } = prepare({ spill });
    await until(() => readdirSync(folder).length === 1 && service.acknowledged.length === 1);
    expect(service.acknowledged).toEqual(["b"]);
    expect(warnings).toMatchObject([{ kind: "spill", message: expect.stringContaining("denied") }]);
  });

  it("is sent by a program that ends at once, also where another process may have just written to it", async () => {
    const spill = join(folder, "lines");
    for (const ids of [[], ["own"]]) {
      writeFileSync(spill, `${lineOf("left")}\n`);
      const { service, sender } = prepare({ spill });
      log(sender, ids);
      expect(await sender.close(30)).toBe(true);
      expect(service.acknowledged.slice().sort()).toEqual(["left", ...ids]);
      expect(sender.stats()).toMatchObject({ restored: 1, delivered: 1 + ids.length, spilled: 0 });
      await until(() => readdirSync(folder).length === 0);
    }
  });

  it("is left to the next start where the time to flush is over", async () => {
    writeFileSync(join(folder, "lines"), `${lineOf("left")}\n`);
    const { service, sender } = prepare({ spill: join(folder, "lines") });
    await sender.close(0.05);
    expect([...service.acknowledged, ...readdirSync(folder)]).toHaveLength(1);
  });

  it("is read whatever its lines have within their strings", async () => {
    const spill = join(folder, "lines");
    const line = (id: string) => `{"text":"a\u2028b\u2029c\u0085d","event.id":"${id}"}\n`;
    // A chunk ends within the lines that follow, too.
    writeFileSync(spill, Array.from({ length: 3_000 }, (_, i) => line(`line-${i}`)).join(""));
    const { service, warnings } = prepare({ spill });
    await until(() => readdirSync(folder).length === 0);
    expect(new Set(service.acknowledged).size).toBe(3_000);
    expect(service.records[0]!.toString()).toContain("a\u2028b\u2029c\u0085d");
    expect(warnings).toEqual([]);
  });

  it("is kept under another name if it has what this library has not written", async () => {
    const spill = join(folder, "lines");
    const long = JSON.stringify({ text: "x".repeat(1_000_000) });
    writeFileSync(spill, `${lineOf("a")}\n${long}\nno JSON\n${lineOf("b")}\n`);
    const { service, warnings } = prepare({ spill });
    await until(() => readdirSync(folder).join().endsWith(".kept"));
    expect(service.acknowledged.slice().sort()).toEqual(["a", "b"]);
    expect(warnings).toMatchObject([{ kind: "spill", message: expect.stringContaining(".kept"), count: 2 }]);
  });

  it("may have a line that is longer than a string may be", async () => {
    const spill = join(folder, "lines");
    writeFileSync(spill, "");
    truncateSync(spill, 600 * 1024 * 1024);
    const { warnings } = prepare({ spill });
    await until(() => warnings.length > 0);
    expect(warnings).toMatchObject([{ kind: "spill", count: 1 }]);
    await until(() => readdirSync(folder).join().endsWith(".kept"));
  });

  it("is neither a folder nor a link: it is told, and nothing is moved or written", async () => {
    const spill = join(folder, "lines");
    symlinkSync("/dev/null", spill);
    const { service, sender, warnings } = prepare({ spill });
    service.next = () => "missing";
    log(sender, IDS);
    await until(() => sender.stats().dropped.full > 0 && warnings.some(({ kind }) => kind === "spill"));
    expect(await sender.close(0)).toBe(false);
    expect(sender.stats().spilled).toBe(0);
    expect(warnings.find(({ kind }) => kind === "spill")!.message).toMatch(/no file/);
    expect(readdirSync(folder)).toEqual(["lines"]);
  });

  it("that is full has room again once another process has taken it", async () => {
    const spill = join(folder, "lines");
    // Once this line is delivered, the file is not read any more.
    writeFileSync(spill, `${lineOf("a")}\n`);
    const { service, sender } = prepare({ spill, spillBytes: 1_000_000 });
    await until(() => service.acknowledged.length === 1 && readdirSync(folder).length === 0);
    service.next = () => "missing";
    writeFileSync(spill, Buffer.alloc(1_000_000, "\n"));
    const logUntil = async (isSo: () => boolean) => {
      for (let i = 0; !isSo(); i++) {
        if (i > 500) throw new Error("it never is so");
        log(sender, IDS.slice(0, 50));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    await logUntil(() => sender.stats().dropped.full > 100);
    const { size } = statSync(spill);
    const { spilled } = sender.stats();
    await logUntil(() => sender.stats().dropped.full > 500);
    expect([statSync(spill).size, sender.stats().spilled]).toEqual([size, spilled]);
    rmSync(spill);
    await logUntil(() => sender.stats().spilled > spilled + 100);
  });

  it("that the disk does not write in time makes no line uncounted, nor flush() longer", async () => {
    const { service, sender } = prepare({ spill: join(folder, "lines") });
    const append = jest.spyOn(promises, "appendFile").mockReturnValue(new Promise(() => {}));
    try {
      service.next = () => "missing";
      log(sender, IDS);
      const { accepted, pending, dropped } = sender.stats();
      expect(accepted).toBe(pending + dropped.full);
      await until(() => append.mock.calls.length > 0);
      service.next = () => "ok";
      expect(await sender.flush(0.5)).toBe(false);
      expect(await sender.close(0.1)).toBe(true);
      const after = sender.stats();
      expect(after.accepted).toBe(after.delivered + after.dropped.full + after.spilled);
      expect(after.pending).toBe(0);
    } finally {
      append.mockRestore();
    }
  });

  it("is told to have no folder at once, before anything is logged", async () => {
    const spill = join(folder, "no folder", "lines");
    const { sender, warnings } = prepare({ spill });
    await until(() => warnings.length > 0);
    const message = expect.stringMatching(/lines cannot be written: Error: ENOENT.*lines that memory has no room for/);
    expect(warnings).toEqual([{ kind: "spill", message, count: 1 }]);
    expect(await sender.close(0)).toBe(true);
  });

  it("that cannot be written is told once, and the oldest lines are dropped and counted", async () => {
    const { service, sender, warnings } = prepare({ spill: join(folder, "no folder", "lines") });
    service.next = () => "missing";
    for (const id of IDS) {
      log(sender, [id]);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => sender.stats().dropped.full > 300);
    expect(await sender.close(0)).toBe(false);
    const { accepted, dropped } = sender.stats();
    expect(accepted).toBe(dropped.full + dropped.exit);
    const told = warnings.filter(({ kind }) => kind === "spill");
    // The first, and what is left to tell at the end.
    expect(told.length).toBeLessThanOrEqual(2);
    expect(told[0]!.message).toMatch(/cannot be written: .*ENOENT/);
    expect(warnings.at(-1)).toMatchObject({
      kind: "exit",
      message: expect.stringMatching(/are lost: cannot write .*ENOENT/),
    });
  });
});
