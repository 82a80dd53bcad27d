import zlib from "node:zlib";
import { forward } from "../../../functions/forwarder/forward";
import { prepareForwarding } from "../../support/forwarding";
import { envelope, eventId, kinesisEvent, logEvent } from "../../support/kinesis";
import { QUEUE_FULL } from "../../support/search-engine";

const foo = (...numbers: number[]) => envelope(numbers.map((n) => logEvent(n)));
const archived = (...envelopes: unknown[]) => envelopes.map((one) => JSON.stringify(one));

describe("forward, what is left unfinished", () => {
  it("reports the first record with a pending event, archives those before it, and quarantines nothing after it", async () => {
    const { engine, bucket, clock, io, lines } = prepareForwarding();
    const event = kinesisEvent(foo(1), Buffer.from("\0junk"), foo(2, 3), foo(4), Buffer.from("\0junk"));
    engine.reject = ({ id }) => (id === eventId(3) ? QUEUE_FULL : undefined);
    const { sequenceNumber } = event.Records[2]!.kinesis;
    expect(await forward(event, io)).toEqual({ batchItemFailures: [{ itemIdentifier: sequenceNumber }] });
    expect(engine.ids()).toEqual([1, 2, 4].map(eventId));
    expect(bucket.lines("archive/")).toEqual(archived(foo(1)));
    expect(bucket.keys("dead-letter/")).toHaveLength(1);
    expect(lines).toEqual([expect.objectContaining({ Records: 5, UnprocessedRecords: 3, DeadLetteredRecords: 1 })]);
    expect(clock.remainingMs()).toBeGreaterThanOrEqual(15_000);
  });

  it("writes no rejected event of a record that is not acknowledged", async () => {
    const { engine, bucket, io } = prepareForwarding();
    engine.reject = ({ id }) => (id === eventId(1) ? { status: 400, error: { type: "no" } } : QUEUE_FULL);
    const event = kinesisEvent(foo(1, 2));
    const { sequenceNumber } = event.Records[0]!.kinesis;
    expect(await forward(event, io)).toEqual({ batchItemFailures: [{ itemIdentifier: sequenceNumber }] });
    expect(bucket.keys()).toEqual([]);
  });

  it("inflates no further record after delivery's deadline", async () => {
    const { engine, clock, io } = prepareForwarding({ bulkMaxBytes: 1 });
    engine.reject = ({ id }) => {
      if (id === eventId(2)) clock.nowMs += 46_000;
      return undefined;
    };
    const gunzipSync = jest.spyOn(zlib, "gunzipSync");
    const event = kinesisEvent(...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => foo(n)));
    const { batchItemFailures } = await forward(event, io);
    const indexed = engine.ids().length;
    expect(indexed).toBeLessThan(4);
    expect(gunzipSync.mock.calls.length).toBeLessThan(6);
    expect(batchItemFailures).toEqual([{ itemIdentifier: event.Records[indexed]!.kinesis.sequenceNumber }]);
    gunzipSync.mockRestore();
  });

  it("reads no further record once too many events are rejected, and settles those that it has read", async () => {
    const { engine, bucket, io, lines } = prepareForwarding({ bulkMaxBytes: 8 * 1024 * 1024 });
    engine.reject = () => ({ status: 400, error: { type: "no" } });
    const many = Buffer.from("x\n".repeat(70_000));
    const event = kinesisEvent(...Array(5).fill(many));
    const { batchItemFailures } = await forward(event, { ...io, settings: { ...io.settings, recordMaxBytes: 1e8 } });
    const [{ RejectedEvents: rejected, UnprocessedRecords: unprocessed, failures }] = lines as [Record<string, number>];
    expect(rejected).toBeGreaterThanOrEqual(200_000);
    expect(unprocessed).toBeGreaterThanOrEqual(1);
    expect(batchItemFailures).toEqual([{ itemIdentifier: event.Records[5 - unprocessed!]!.kinesis.sequenceNumber }]);
    expect(bucket.lines("rejected/")).toHaveLength((5 - unprocessed!) * 70_000);
    expect(failures).toEqual({ "search: too many rejected events for one invocation": 1 });
  });

  it("fails the batch when S3 rejects an object, with advice", async () => {
    const { bucket, io } = prepareForwarding();
    bucket.answers.push({ status: 403, body: "<Error><Code>AccessDenied</Code></Error>" });
    await expect(forward(kinesisEvent(foo(1)), io)).rejects.toThrow("bucket the-archive: 403 AccessDenied. Check");
  });

  it("fails the batch with an error about the archive before the invocation times out", async () => {
    const { bucket, clock, io } = prepareForwarding();
    clock.nowMs = 56_800;
    bucket.answers.push(...Array(1000).fill({ status: 503, body: "" }));
    await expect(forward(kinesisEvent(foo(1)), io)).rejects.toThrow("S3 did not store an object");
    expect(clock.remainingMs()).toBeGreaterThanOrEqual(500);
  });

  it("acknowledges no more records than it can archive in time, so that poison never blocks a shard", async () => {
    const { bucket, clock, io } = prepareForwarding();
    let open = kinesisEvent(...Array.from({ length: 4000 }, (_, n) => Buffer.from(`\0junk ${n}`))).Records;
    const acknowledged: number[] = [];
    while (open.length > 0) {
      clock.nowMs = 0;
      const [failure] = (await forward({ Records: open }, io)).batchItemFailures;
      const first = open.findIndex(({ kinesis }) => kinesis.sequenceNumber === failure?.itemIdentifier);
      acknowledged.push(first < 0 ? open.length : first);
      open = first < 0 ? [] : open.slice(first);
    }
    // A quarter of 60 s, at 10 ms each.
    expect(acknowledged).toEqual([1500, 1500, 1000]);
    expect(bucket.keys("dead-letter/")).toHaveLength(4000);
  });

  it("fails the batch soon, and cheaply, when nothing listens at the search endpoint", async () => {
    const { engine, clock, io } = prepareForwarding();
    const refused = Object.assign(new Error("connect ECONNREFUSED 10.0.0.1:443"), { code: "ECONNREFUSED" });
    engine.answers.push(...Array(9).fill(refused));
    await expect(forward(kinesisEvent(foo(1)), io)).rejects.toThrow(
      "https://search.example cannot be reached: connect ECONNREFUSED 10.0.0.1:443. Check that it is up",
    );
    expect(engine.requests).toHaveLength(3);
    expect(clock.nowMs).toBeLessThan(1000);
  });

  it("fails the batch at once when the search endpoint denies access", async () => {
    const { engine, bucket, clock, io } = prepareForwarding();
    engine.answers.push({ status: 403, body: "{}" });
    await expect(forward(kinesisEvent(foo(1)), io)).rejects.toMatchObject({ name: "DeliveryError" });
    expect(bucket.requests).toEqual([]);
    expect(clock.nowMs).toBe(0);
  });
});
