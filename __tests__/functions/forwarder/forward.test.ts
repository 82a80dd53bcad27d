import { execFileSync } from "node:child_process";
import { gzipSync } from "node:zlib";
import { forward } from "../../../functions/forwarder/forward";
import { prepareForwarding } from "../../support/forwarding";
import { CONTROL_MESSAGE, envelope, eventId, kinesisEvent, logEvent } from "../../support/kinesis";

const foo = (...numbers: number[]) => envelope(numbers.map((n) => logEvent(n)));
const bar = (...numbers: number[]) =>
  envelope(
    numbers.map((n) => logEvent(n)),
    { logGroup: "bar" },
  );
const NOTHING_TO_RETRY = { batchItemFailures: [] };

describe("forward", () => {
  it("indexes each event once, archives each record, and acknowledges the batch", async () => {
    const { engine, bucket, io } = prepareForwarding({ archivePrefix: "logs/" });
    const event = kinesisEvent(foo(1, 2), foo(3));
    expect(await forward(event, io)).toEqual(NOTHING_TO_RETRY);
    expect(engine.ids()).toEqual([1, 2, 3].map(eventId));
    expect(bucket.lines("logs/archive/")).toEqual([foo(1, 2), foo(3)].map((one) => JSON.stringify(one)));
  });

  it("does nothing for an empty batch", async () => {
    const { engine, bucket, io } = prepareForwarding();
    expect(await forward({ Records: [] }, io)).toEqual(NOTHING_TO_RETRY);
    expect([engine.requests, bucket.requests]).toEqual([[], []]);
  });

  it("writes archives that gzip reads as zcat does, each envelope on a line of its own", async () => {
    const { bucket, io } = prepareForwarding();
    const pretty = gzipSync(JSON.stringify(foo(2), null, 2));
    await forward(kinesisEvent(foo(1), pretty, foo(3, 4)), io);
    const [object] = bucket.objects.values();
    const lines = execFileSync("gzip", ["-dc"], { input: object! }).toString().split("\n");
    expect(lines.pop()).toBe("");
    expect(lines.map((line) => JSON.parse(line))).toEqual([foo(1), foo(2), foo(3, 4)]);
  });

  it("keeps the log groups of a batch apart, in indices and archive", async () => {
    const { engine, bucket, io } = prepareForwarding();
    await forward(kinesisEvent(foo(1), bar(2), foo(3), bar(4)), io);
    expect([...engine.documents.keys()].map((key) => key.split("/")[0])).toEqual([
      ...["cwl-foo-2026.11.21", "cwl-bar-2026.11.21", "cwl-foo-2026.11.21", "cwl-bar-2026.11.21"],
    ]);
    expect(bucket.lines("archive/2026/11/21/03/foo/")).toEqual([foo(1), foo(3)].map((one) => JSON.stringify(one)));
    expect(bucket.lines("archive/2026/11/21/03/bar/")).toEqual([bar(2), bar(4)].map((one) => JSON.stringify(one)));
  });

  it("delivers the events of an application, however much they resemble what CloudWatch Logs writes", async () => {
    const { engine, bucket, io } = prepareForwarding();
    const lines = ['{"messageType":"DATA_MESSAGE"}', '{"messageType":"DATA_MESSAGE","owner":', '{"level":"warn"}'];
    const control = { ...CONTROL_MESSAGE, owner: "shop" };
    expect(await forward(kinesisEvent(Buffer.from(lines.join("\n")), control), io)).toEqual(NOTHING_TO_RETRY);
    expect([...engine.documents.values()]).toMatchObject([
      { messageType: "DATA_MESSAGE" },
      { message: lines[1] },
      { level: "warn" },
      { messageType: "CONTROL_MESSAGE", owner: "shop" },
    ]);
    expect(bucket.keys("dead-letter/")).toEqual([]);
  });

  it("drops control messages", async () => {
    const { engine, bucket, io } = prepareForwarding();
    expect(await forward(kinesisEvent(CONTROL_MESSAGE), io)).toEqual(NOTHING_TO_RETRY);
    expect([engine.requests, bucket.requests]).toEqual([[], []]);
  });

  it("dead-letters a record that it cannot decode, byte for byte, and delivers its neighbours", async () => {
    const { engine, bucket, io } = prepareForwarding();
    const corrupt = gzipSync(JSON.stringify(foo(2)));
    corrupt[15]! ^= 0xff;
    const truncated = gzipSync(JSON.stringify(foo(3))).subarray(0, -5);
    const bomb = gzipSync(Buffer.alloc(5 * 1024 * 1024));
    const poison = [corrupt, truncated, bomb, Buffer.from("\0")];
    expect(await forward(kinesisEvent(foo(1), ...poison, foo(4)), io)).toEqual(NOTHING_TO_RETRY);
    expect(engine.ids()).toEqual([1, 4].map(eventId));
    expect(bucket.keys("dead-letter/").map((key) => bucket.objects.get(key))).toEqual(poison);
  });

  it("delivers what an application has written to the stream, once, under ids of its own", async () => {
    const { engine, bucket, io } = prepareForwarding();
    const event = kinesisEvent(
      Buffer.from("ilikecats\nim an awesome log file\n"),
      foo(1),
      gzipSync('{"level":"info"}'),
    );
    expect(await forward(event, io)).toEqual(NOTHING_TO_RETRY);
    const [first, , third] = event.Records.map(({ kinesis }) => `shardId-000000000000:${kinesis.sequenceNumber}`);
    const ids = [`${first}:0`, `${first}:1`, eventId(1), `${third}:0`];
    expect(engine.ids().sort()).toEqual([...ids].sort());
    expect(bucket.lines("archive/").map((line) => JSON.parse(line).logGroup)).toHaveLength(3);
    await forward(event, io);
    expect(engine.ids()).toHaveLength(ids.length);
  });

  it("indexes no duplicates when a batch is retried, and overwrites its own objects", async () => {
    const { engine, bucket, io } = prepareForwarding();
    const event = kinesisEvent(foo(1), Buffer.from("\0junk"), bar(2));
    engine.reject = ({ id }) => (id === eventId(2) ? { status: 400, error: { type: "no" } } : undefined);
    await forward(event, io);
    const objects = new Map(bucket.objects);
    expect(bucket.keys().map((key) => key.split("/")[0])).toEqual(["archive", "archive", "dead-letter", "rejected"]);
    expect(await forward(event, io)).toEqual(NOTHING_TO_RETRY);
    expect(engine.ids()).toEqual([eventId(1)]);
    expect(bucket.objects).toEqual(objects);
  });

  it("keeps events that the index rejects for good, and acknowledges their record", async () => {
    const { engine, bucket, io } = prepareForwarding();
    engine.reject = ({ id }) =>
      id === eventId(2) ? { status: 400, error: { type: "no", reason: "never" } } : undefined;
    expect(await forward(kinesisEvent(foo(1, 2, 3)), io)).toEqual(NOTHING_TO_RETRY);
    expect(engine.ids()).toEqual([1, 3].map(eventId));
    expect(bucket.lines("rejected/").map((line) => JSON.parse(line))).toEqual([
      { rejection: "400 no: never", ...foo(2) },
    ]);
  });

  it.each([1, 2, 5])("sends as many concurrent requests as configured: %i", async (bulkRequests) => {
    const { engine, io } = prepareForwarding({ bulkMaxBytes: 1, bulkRequests });
    let underWay = 0;
    let most = 0;
    const send: typeof engine.send = async (request) => {
      most = Math.max(most, ++underWay);
      await new Promise(setImmediate);
      underWay--;
      return engine.send(request);
    };
    await forward(kinesisEvent(foo(1, 2, 3, 4, 5, 6)), { ...io, search: { ...io.search, send } });
    expect(engine.sizes).toEqual([1, 1, 1, 1, 1, 1]);
    expect(most).toBe(bulkRequests);
  });
});
