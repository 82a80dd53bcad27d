import { setImmediate as turn } from "node:timers/promises";
import type { ArchiveObject } from "../../../../core/sinks/archive/archive-object";
import { type PutObjectsIo, putObjects } from "../../../../core/sinks/archive/put-objects";
import { MemoryBucket } from "../../../support/bucket";
import { FakeClock, retryIo } from "../../../support/clock";

const objects = Array.from({ length: 20 }, (_, n): ArchiveObject => {
  return { key: `archive/${n}.gz`, body: Buffer.alloc(n), contentType: "application/gzip", metadata: {} };
});

function prepare() {
  const bucket = new MemoryBucket();
  const stored: number[] = [];
  const io: PutObjectsIo = {
    send: bucket.send,
    bucket: "the-archive",
    pathPrefix: "/",
    requestTimeoutMs: 3000,
    retry: retryIo(new FakeClock(10_000)),
    failed: () => {},
    stored: (bytes) => stored.push(bytes),
  };
  return { bucket, io, stored };
}

describe("putObjects", () => {
  it("stores every object, and reports the size of each", async () => {
    const { bucket, io, stored } = prepare();
    await putObjects(objects, io);
    expect(bucket.keys()).toEqual(objects.map(({ key }) => key).sort());
    expect(stored.toSorted((a, b) => a - b)).toEqual(objects.map(({ body }) => body.length));
  });

  it("has at most eight requests in flight", async () => {
    const { io } = prepare();
    const inFlight = { now: 0, most: 0 };
    const send: PutObjectsIo["send"] = async (request) => {
      inFlight.most = Math.max(inFlight.most, ++inFlight.now);
      await turn();
      inFlight.now--;
      return io.send(request);
    };
    await putObjects(objects, { ...io, send });
    expect(inFlight).toEqual({ now: 0, most: 8 });
  });

  it("reports no size of an object that S3 does not store, and throws why", async () => {
    const { bucket, io, stored } = prepare();
    bucket.answers.push({ status: 404, body: "<Error><Code>NoSuchBucket</Code></Error>" });
    await expect(putObjects(objects.slice(7, 8), io)).rejects.toThrow("404 NoSuchBucket");
    expect(stored).toEqual([]);
  });
});
