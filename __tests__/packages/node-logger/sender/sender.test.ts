import { gunzipSync } from "node:zlib";
import { Sender } from "../../../../packages/node-logger/src/sender/sender";
import { completeSenderOptions, type SenderOptions } from "../../../../packages/node-logger/src/sender/sender-options";
import type { LoggerWarning } from "../../../../packages/node-logger/src/sender/warnings";
import { FakeRecordService, idsIn } from "../../../support/fake-record-service";

/** A sender into memory, and what it tells. */
function prepare(options: SenderOptions & { memoryBytes?: number } = {}) {
  const service = new FakeRecordService();
  const warnings: LoggerWarning[] = [];
  const onWarning = (warning: LoggerWarning) => warnings.push(warning);
  const { memoryBytes = 64_000_000, ...others } = options;
  const complete = completeSenderOptions({ onWarning, flushAtExit: false, ...others }, []);
  return { service, warnings, sender: new Sender(service, { ...complete, memoryBytes }) };
}

let lines = 0;
const line = (bytes: number, text = "x") => {
  const id = `line-${lines++}`;
  return {
    text: JSON.stringify({ text: text.repeat(bytes / text.length), "event.id": id }),
    unsayable: 0,
    isCut: false,
  };
};
const log = (sender: Sender, count: number, bytes: number) => {
  for (let i = 0; i < count; i++) sender.add(line(bytes));
};

describe("a sender", () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ["nextTick", "queueMicrotask"] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it("packs lines into records of recordBytes, and a longer line alone", async () => {
    const { service, sender } = prepare({ recordBytes: 2_000, bufferSeconds: 1 });
    log(sender, 20, 500);
    log(sender, 1, 5_000);
    log(sender, 1, 500);
    await jest.advanceTimersByTimeAsync(1_100);
    expect(service.records.map((record) => idsIn(record).length)).toEqual([3, 3, 3, 3, 3, 3, 2, 1, 1]);
    expect(Math.max(...service.records.map(({ length }) => length).filter((length) => length < 5_000))).toBeLessThan(
      2_000,
    );
  });

  it("makes a record of each line if it is told to", async () => {
    const { service, sender } = prepare({ pack: false });
    log(sender, 5, 100);
    await jest.advanceTimersByTimeAsync(1_100);
    expect(service.records.map((record) => idsIn(record).length)).toEqual([1, 1, 1, 1, 1]);
  });

  it("sends after bufferSeconds, or when there are bufferBytes", async () => {
    const { service, sender } = prepare({ bufferSeconds: 60, bufferBytes: 100_000, recordBytes: 10_000 });
    log(sender, 1, 100);
    await jest.advanceTimersByTimeAsync(59_000);
    expect(service.calls).toHaveLength(0);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(service.calls).toHaveLength(1);
    log(sender, 120, 1_000);
    await jest.advanceTimersByTimeAsync(100);
    expect(service.calls).toHaveLength(2);
  });

  it("stays within the records and the bytes of a call", async () => {
    const { service, sender } = prepare({ pack: false, bufferSeconds: 60, bufferBytes: 4_000_000 });
    log(sender, 499, 10);
    log(sender, 300, 100_000);
    log(sender, 1_200, 10);
    void sender.flush(60);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(service.acknowledged).toHaveLength(1_999);
    for (const call of service.calls) {
      expect(call.length).toBeLessThanOrEqual(500);
      expect(call.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(5 * 1024 * 1024);
    }
  });

  it("drops the oldest lines when its memory is full, counts them, and warns once a minute", async () => {
    const { service, sender, warnings } = prepare({ memoryBytes: 50_000, recordBytes: 1_000, bufferBytes: 1_000 });
    service.next = () => "missing";
    const first = lines;
    log(sender, 1_000, 500);
    await jest.advanceTimersByTimeAsync(10_000);
    const { dropped, pendingBytes } = sender.stats();
    expect(pendingBytes).toBeLessThan(50_000);
    expect(warnings.filter(({ kind }) => kind === "full")).toHaveLength(1);
    service.next = () => "ok";
    void sender.flush(60);
    await jest.advanceTimersByTimeAsync(60_000);
    const newest = Array.from({ length: 1_000 - dropped.full }, (_, i) => `line-${first + dropped.full + i}`);
    expect(service.acknowledged.slice().sort()).toEqual(newest.sort());
    const [, later] = warnings.filter(({ kind }) => kind === "full");
    expect(later).toMatchObject({ count: dropped.full - warnings.find(({ kind }) => kind === "full")!.count });
  });

  it("drops only the record that the service refuses for good", async () => {
    const { service, sender, warnings } = prepare({ recordBytes: 1_000 });
    service.next = () => "refused";
    log(sender, 20, 800);
    sender.add(line(800, "poison"));
    log(sender, 20, 800);
    await jest.advanceTimersByTimeAsync(120_000);
    expect(sender.stats()).toMatchObject({ delivered: 40, pending: 0, dropped: { refused: 1 } });
    expect(new Set(warnings.map(({ kind }) => kind))).toEqual(new Set(["refused"]));
  });

  it("says once that the clock was set, and goes on by its own", async () => {
    const { service, sender, warnings } = prepare({ bufferSeconds: 5 });
    jest.setSystemTime(new Date("1969-07-20T20:17:40Z"));
    log(sender, 3, 100);
    await jest.advanceTimersByTimeAsync(6_000);
    expect(service.acknowledged).toHaveLength(3);
    expect(warnings.map(({ kind }) => kind)).toEqual(["clock"]);
    expect(sender.stats().clockJumps).toBe(1);
  });

  it("survives a callback of warnings that throws, or that logs itself", async () => {
    const service = new FakeRecordService();
    service.next = () => "missing";
    const onWarning = () => {
      sender.add(line(10));
      throw new Error("in the application");
    };
    const options = completeSenderOptions({ onWarning, flushAtExit: false, recordBytes: 1_000 }, []);
    const sender = new Sender(service, { ...options, memoryBytes: 5_000 });
    log(sender, 100, 300);
    await jest.advanceTimersByTimeAsync(5_000);
    const { accepted, pending, dropped } = sender.stats();
    expect(accepted).toBe(pending + dropped.full);
  });

  it("drops and counts what is logged after close()", async () => {
    const { sender, warnings } = prepare();
    const closed = sender.close();
    await jest.advanceTimersByTimeAsync(100);
    expect(await closed).toBe(true);
    log(sender, 3, 10);
    expect(sender.stats()).toMatchObject({ accepted: 3, dropped: { closed: 3 } });
    expect(warnings.map(({ kind }) => kind)).toEqual(["closed"]);
  });

  it("says at close() what was not told yet, and then why lines are lost", async () => {
    const { service, sender, warnings } = prepare({ recordBytes: 1_000, flushSeconds: 3 });
    service.next = () => "missing";
    log(sender, 4, 800);
    const closed = sender.close();
    await jest.advanceTimersByTimeAsync(4_000);
    expect(await closed).toBe(false);
    expect(warnings.map(({ kind }) => kind)).toEqual(["not-found", "not-found", "exit"]);
    expect(warnings[1]!.message).toMatch(/sent again.*\(\d+ more until close\(\)\)$/);
    expect(warnings[2]!.message).toMatch(/^4 lines for fake are lost: they were not sent in the time to flush/);
    log(sender, 1, 10);
    await jest.advanceTimersByTimeAsync(120_000);
    expect(warnings.slice(3).map(({ kind }) => kind)).toEqual(["closed"]);
  });

  it("tells how old its oldest line is", async () => {
    const { service, sender } = prepare();
    service.next = () => "missing";
    log(sender, 1, 10);
    await jest.advanceTimersByTimeAsync(7_000);
    log(sender, 1, 10);
    expect(sender.stats()).toMatchObject({ pending: 2, oldestSeconds: expect.closeTo(7, 1) });
  });
});

describe("a sender that compresses", () => {
  it("makes records of about recordBytes as gzip", async () => {
    const { service, sender } = prepare({ compress: "gzip", recordBytes: 5_000 });
    const records: Buffer[] = [];
    const put = jest.spyOn(service, "put").mockImplementation(async (data) => {
      records.push(...data.map((one) => Buffer.from(one)));
      return data.map(() => undefined);
    });
    const texts = Array.from(
      { length: 3_000 },
      (_, i) => `${Math.sin(i)} request served for ${i % 7} in ${Math.cos(i)}`,
    );
    for (const text of texts) sender.add({ text: JSON.stringify({ text }), unsayable: 0, isCut: false });
    expect(await sender.close(60)).toBe(true);
    expect(put).toHaveBeenCalled();
    const sent = records.flatMap((record) => gunzipSync(record).toString().trimEnd().split("\n"));
    expect(sent.map((one) => JSON.parse(one).text)).toEqual(texts);
    const sizes = records.map(({ length }) => length).slice(0, -1);
    expect(Math.max(...sizes)).toBeLessThan(12_000);
    expect(Math.max(...sizes)).toBeGreaterThan(3_000);
  });
});
