import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import type { Bucket, StoredObject } from "../../archive/bucket";
import { ObjectError, UndeliveredError, UnfinishedError } from "../../archive/outcome-errors";
import { DeliveryError } from "../../core/sinks/opensearch/delivery-error";
import { Report } from "../../replay/report";
import { type Run, replay } from "../../replay/run";
import type { ReplaySink } from "../../replay/sinks/sink";
import { ARRIVAL, envelope, logEvent } from "../support/kinesis";
import { FakeRunDeadline } from "../support/run-deadline";

const body = gzipSync(`${JSON.stringify(envelope([logEvent(1)]))}\n`);
const key = (n: number): string => `archive/2026/11/21/03/foo/shardId-000000000000-${String(n).padStart(3, "0")}.gz`;

/** A run over `count` objects of one event each; `deliver` gets the object's number. */
function prepare(count: number, deliver: (n: number) => Promise<void>) {
  const opened: string[] = [];
  const bucket = {
    name: "the-archive",
    async *list() {
      for (let n = 0; n < count; n++) yield { key: key(n), etag: "1", bytes: body.length };
    },
    async open({ key }: StoredObject) {
      opened.push(key);
      return { metadata: {}, chunks: Readable.from([body]) };
    },
  };
  const sink: ReplaySink = {
    detectsDuplicates: false,
    async deliver([record], progress) {
      await deliver(Number(record!.origin.sequenceNumber));
      progress.delivered({ record: 0, position: 0, count: 1 }, false);
    },
  };
  const report = new Report();
  const deadline = new FakeRunDeadline();
  const run: Run = {
    args: {
      ...{ bucket: "the-archive", archivePrefix: "", kind: "archive", lateHours: 1, timeField: "" },
      ...{ recordMaxBytes: 2 ** 25, objectMaxBytes: 2 ** 24 },
      selection: { fromMs: 0, toMs: ARRIVAL },
    },
    bucket: bucket as unknown as Bucket,
    ...{ region: "eu-central-1", sink, report, journal: undefined, deadline },
  };
  return { run, report, opened, deadline };
}

describe("replay", () => {
  it("replays all objects, a few concurrently", async () => {
    let underWay = 0;
    let most = 0;
    let fourAreUnderWay = () => {};
    const four = new Promise<void>((resolve) => {
      fourAreUnderWay = resolve;
    });
    const { run, report } = prepare(20, async () => {
      most = Math.max(most, ++underWay);
      if (underWay === 4) fourAreUnderWay();
      await four;
      underWay--;
    });
    await replay(["archive/"], run);
    expect(report).toMatchObject({ objects: 20, bytes: 20 * body.length, tally: { found: 20, delivered: 20 } });
    expect([most, report.stopped]).toEqual([4, undefined]);
  });

  it("continues with the other objects when the events of one are not accepted", async () => {
    const { run, report } = prepare(20, async (n) => {
      if (n !== 2) return;
      await new Promise((resolve) => setImmediate(resolve));
      throw new UndeliveredError("has an index that is blocked");
    });
    await replay(["archive/"], run);
    expect(report.failed.named).toEqual([{ key: key(2), reason: "has an index that is blocked" }]);
    expect(report).toMatchObject({ objects: 20, tally: { found: 20, delivered: 19 } });
    expect(report.stopped).toBeUndefined();
  });

  it("stops when nothing was accepted during all retries of one object", async () => {
    const { run, report, opened } = prepare(20, async () => {
      throw new UndeliveredError("connect ECONNREFUSED");
    });
    await replay(["archive/"], run);
    expect(report.stopped).toBe("Nothing could be delivered for 5 minutes: connect ECONNREFUSED");
    expect(opened.length).toBeLessThanOrEqual(4);
  });

  it("continues when objects cannot be read", async () => {
    const { run, report } = prepare(20, async () => {
      throw new ObjectError("cannot be read");
    });
    await replay(["archive/"], run);
    expect([report.objects, report.failed.count, report.stopped]).toEqual([20, 20, undefined]);
  });

  it("stops at once when nothing can be delivered until somebody acts, with advice", async () => {
    const { run, report, opened } = prepare(20, async () => {
      throw new DeliveryError("ACCESS_DENIED", "allow it");
    });
    await replay(["archive/"], run);
    expect(report.stopped).toBe("allow it");
    expect(opened.length).toBeLessThanOrEqual(4);
  });

  it("begins no object after an interruption, and counts those in progress as unfinished", async () => {
    const { run, report, deadline } = prepare(20, async (n) => {
      if (n === 0) throw new ObjectError("cannot be read");
      deadline.interrupt();
      throw new UnfinishedError("interrupted");
    });
    await replay(["archive/"], run);
    report.conclude({ objects: 20, bytes: 0 }, undefined);
    expect(report.stopped).toBeUndefined();
    expect(report.failed.named).toEqual([{ key: key(0), reason: "cannot be read" }]);
    expect(report.unfinished).toBeGreaterThanOrEqual(1);
    expect(report).toMatchObject({ unfinishedEvents: report.unfinished, notBegun: 19 - report.unfinished });
  });

  it("begins no further part of an object after an interruption", async () => {
    const { run, report, deadline } = prepare(1, async () => deadline.interrupt());
    // Each line is a part of its own.
    const line = `${JSON.stringify(envelope([logEvent(1, "x".repeat(4 * 1024 * 1024))]))}\n`;
    run.bucket.open = async () => ({ metadata: {}, chunks: Readable.from([gzipSync(line.repeat(3))]) });
    run.bucket.list = async function* () {
      yield { key: key(0), etag: "1", bytes: gzipSync(line.repeat(3)).length };
    };
    await replay(["archive/"], run);
    expect(report).toMatchObject({ unfinished: 1, unfinishedEvents: 1, tally: { found: 2, delivered: 1 } });
  });

  it("counts an object's bytes as they are read, and of an unfinished one no others", async () => {
    const read: number[] = [];
    const { run, report, deadline } = prepare(1, async () => {
      read.push(report.bytes);
      if (read.length === 2) deadline.interrupt();
    });
    run.bucket.open = async ({ onRead }) => {
      async function* chunks() {
        for (let n = 0; n < 3; n++) {
          // Each is a part of its own.
          const chunk = gzipSync(`${JSON.stringify(envelope([logEvent(1, "x".repeat(4 * 1024 * 1024))]))}\n`);
          yield chunk;
          onRead!(1000);
        }
      }
      return { metadata: {}, chunks: chunks() };
    };
    run.bucket.list = async function* () {
      yield { key: key(0), etag: "1", bytes: 5000 };
    };
    await replay(["archive/"], run);
    expect(read[1]).toBeGreaterThanOrEqual(1000);
    expect(report).toMatchObject({ unfinished: 1, bytes: expect.any(Number) });
    expect(report.bytes).toBeLessThanOrEqual(3000);
    expect(report.bytes).toBeGreaterThanOrEqual(read[1]!);
  });

  it("counts all bytes of an object that it stops reading", async () => {
    const { run, report } = prepare(1, async () => {});
    run.bucket.open = async ({ onRead }) => {
      async function* chunks() {
        yield body.subarray(0, 5);
        onRead!(5);
        throw new ObjectError("cannot be read");
      }
      return { metadata: {}, chunks: chunks() };
    };
    await replay(["archive/"], run);
    expect(report).toMatchObject({ bytes: body.length, failed: { count: 1 } });
  });

  it("stops when the bucket cannot be listed any more, and finishes the objects in progress", async () => {
    const { run, report } = prepare(3, () => new Promise((resolve) => setImmediate(resolve)));
    const { list } = run.bucket;
    run.bucket.list = async function* (prefix) {
      yield* list.call(run.bucket, prefix);
      throw Object.assign(new Error("The provided token has expired."), { name: "ExpiredToken" });
    };
    await replay(["archive/"], run);
    expect(report).toMatchObject({ objects: 3, tally: { delivered: 3 } });
    expect(report.stopped).toMatch(/^Cannot list bucket the-archive: ExpiredToken: The provided token has expired. /);
  });

  it("names an object that makes it throw anything else, and continues with the others", async () => {
    const { run, report } = prepare(20, async (n) => {
      if (n === 2) throw new TypeError("undefined is not a function");
    });
    await replay(["archive/"], run);
    expect(report.failed.named).toEqual([
      { key: key(2), reason: expect.stringMatching(/^cannot be replayed because of a defect, .*undefined is not a/) },
    ]);
    expect(report).toMatchObject({ objects: 20, tally: { found: 20, delivered: 19 }, isThrough: false });
  });
});
