import { gunzipSync, gzipSync } from "node:zlib";
import type { KinesisStreamEvent } from "aws-lambda";
import { forward } from "../../../functions/forwarder/forward";
import { aggregated } from "../../../soak/traffic/aggregated";
import { prepareForwarding } from "../../support/forwarding";
import { documentIdOf, envelope, eventId, kinesisEvent, logEvent } from "../../support/kinesis";
import { MAPPING_CONFLICT } from "../../support/search-engine";

const ALL_DONE = { batchItemFailures: [] };
const foo = (...numbers: number[]) => envelope(numbers.map((n) => logEvent(n)));
const bar = (...numbers: number[]) =>
  envelope(
    numbers.map((n) => logEvent(n)),
    { logGroup: "bar" },
  );
const gz = (...some: object[]) => gzipSync(some.map((one) => JSON.stringify(one)).join("\n"));
const BROKEN = gzipSync("no end").subarray(0, -3);

/** Two log groups, lines, and a user record that nothing can decode. */
const MIXED = aggregated([gz(foo(1, 2)), Buffer.from("a\nb"), BROKEN, gz(bar(3), foo(4))]);

const sequenceNumber = (event: KinesisStreamEvent, n: number) => event.Records[n]!.kinesis.sequenceNumber;
const parsed = (lines: string[]) => lines.map((line) => JSON.parse(line));

describe("forward, a record of several parts", () => {
  it("delivers all of them, archives each with its log group, and dead-letters one that cannot be decoded", async () => {
    const { engine, bucket, io, lines } = prepareForwarding();
    const event = kinesisEvent(foo(0), MIXED, bar(5));
    expect(await forward(event, io)).toEqual(ALL_DONE);
    const line = (n: number) => `shardId-000000000000:${sequenceNumber(event, 1)}.1:${n}`;
    expect(engine.ids().sort()).toEqual([...[0, 1, 2, 3, 4, 5].map(eventId), line(0), line(1)].sort());
    const first = (n: number) => `shardId-000000000000-${sequenceNumber(event, n)}`;
    expect(bucket.keys()).toEqual([
      `archive/2026/11/21/03/bar/${first(1)}.gz`,
      `archive/2026/11/21/03/foo/${first(0)}.gz`,
      `archive/2026/11/21/03/logging-pipeline_foo/${first(1)}.gz`,
      `dead-letter/2026/11/21/03/logging-pipeline_foo/${first(1)}.2`,
    ]);
    expect(parsed(bucket.lines("archive/2026/11/21/03/foo/"))).toEqual([foo(0), foo(1, 2), foo(4)]);
    expect(parsed(bucket.lines("archive/2026/11/21/03/bar/"))).toEqual([bar(3), bar(5)]);
    expect(bucket.objects.get(bucket.keys("dead-letter/")[0]!)).toEqual(BROKEN);
    expect(lines[0]).toMatchObject({ Records: 3, Events: 8, DeadLetteredRecords: 1, UnprocessedRecords: 0 });
  });

  it("finds each event again, and overwrites its own objects, when Lambda retries the batch", async () => {
    const { engine, bucket, io, lines } = prepareForwarding();
    const event = kinesisEvent(MIXED, bar(5));
    await forward(event, io);
    const [documents, objects] = [new Map(engine.documents), new Map(bucket.objects)];
    expect(await forward(event, io)).toEqual(ALL_DONE);
    expect([engine.documents, bucket.objects]).toEqual([documents, objects]);
    expect(lines[1]).toMatchObject({ AlreadyIndexedEvents: 7, DeadLetteredRecords: 1 });
  });

  it("keeps each rejected event with its log group", async () => {
    const { engine, bucket, io } = prepareForwarding();
    engine.reject = ({ id }) => ([2, 3, 4].map(eventId).includes(id) ? MAPPING_CONFLICT : undefined);
    await forward(kinesisEvent(MIXED), io);
    const rejection = expect.stringMatching(/^400 /);
    expect(parsed(bucket.lines("rejected/2026/11/21/03/foo/"))).toEqual([
      { rejection, ...foo(2) },
      { rejection, ...foo(4) },
    ]);
    expect(parsed(bucket.lines("rejected/2026/11/21/03/bar/"))).toEqual([{ rejection, ...bar(3) }]);
  });

  it("indexes an event of a later part as text with the fields of its own log group", async () => {
    const { engine, io } = prepareForwarding();
    engine.reject = ({ document }) => (document.n === 7 ? MAPPING_CONFLICT : undefined);
    await forward(
      kinesisEvent(aggregated([gz(foo(1, 2)), gz(envelope([logEvent(3, '{"n":7}')], { logGroup: "bar" }))])),
      io,
    );
    expect(engine.documents.get(`cwl-bar-2026.11.21/${documentIdOf(3, { logGroup: "bar" })}`)).toMatchObject({
      message: '{"n":7}',
      aws: { cloudwatch: { log_group: "bar", rejection: expect.stringMatching(/^rejected: /) } },
    });
  });

  it("returns the whole record to Lambda if an event of one part is not delivered", async () => {
    const { engine, bucket, io } = prepareForwarding();
    engine.reject = ({ id }) => (id === eventId(3) ? { status: 429, error: { type: "busy" } } : undefined);
    const event = kinesisEvent(foo(0), MIXED);
    expect(await forward(event, io)).toEqual({ batchItemFailures: [{ itemIdentifier: sequenceNumber(event, 1) }] });
    expect(bucket.keys()).toHaveLength(1);
    engine.reject = () => undefined;
    expect(await forward({ Records: event.Records.slice(1) }, io)).toEqual(ALL_DONE);
    expect(parsed(bucket.lines("archive/2026/11/21/03/foo/"))).toEqual([foo(0), foo(1, 2), foo(4)]);
  });

  it("dead-letters an aggregate whole whose checksum is wrong", async () => {
    const { engine, bucket, io } = prepareForwarding();
    const broken = Buffer.from(MIXED);
    broken[20]! ^= 1;
    expect(await forward(kinesisEvent(broken), io)).toEqual(ALL_DONE);
    expect(engine.documents.size).toBe(0);
    expect([...bucket.objects.values()]).toEqual([broken]);
  });

  it("dead-letters a record whole that takes more objects than an invocation has time for", async () => {
    const { bucket, io } = prepareForwarding();
    const garbage = aggregated(Array(5_000).fill(Buffer.from([0])));
    expect(await forward(kinesisEvent(garbage), io)).toEqual(ALL_DONE);
    expect([...bucket.objects.values()]).toEqual([garbage]);
  });

  it("archives a member of a part as it came", async () => {
    const { bucket, io } = prepareForwarding();
    const member = gzipSync(JSON.stringify(bar(1)), { level: 1 });
    await forward(kinesisEvent(aggregated([member])), io);
    const object = bucket.objects.get(bucket.keys("archive/")[0]!)!;
    expect(object.subarray(0, member.length)).toEqual(member);
    expect(gunzipSync(object).toString()).toBe(`${JSON.stringify(bar(1))}\n`);
  });
});
