import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import type { S3Client } from "@aws-sdk/client-s3";
import fc from "fast-check";
import { type ReadQuarantined, readQuarantined, type ShownEntry } from "../../../../local/page/quarantine/read-object";
import { QUARANTINE_KINDS, type QuarantineKind } from "../../../../local/page/shared/quarantine";
import { ARRIVAL, documentIdOf, envelope, logEvent } from "../../../support/kinesis";
import {
  deadLetterObject,
  firehoseErrorsObject,
  type PutObject,
  quarantinePlaces,
  rejectedLogLinesObject,
  rejectedObject,
  undeliveredObject,
  unreadableLogObject,
} from "../../../support/quarantined";

/** Chunks that were taken of the last object, and whether it was closed. */
let taken: number;
let body: Readable;

function read(
  kind: QuarantineKind,
  { key, body: content, metadata = {} }: PutObject,
  { opened, chunks = [content] }: { opened?: number; chunks?: Iterable<Buffer> } = {},
): Promise<readonly ShownEntry[] | undefined> {
  taken = 0;
  body = Readable.from(
    (function* () {
      for (const chunk of chunks) {
        taken++;
        yield chunk;
      }
    })(),
    { highWaterMark: 1 },
  );
  const s3 = { send: async () => ({ Body: body, Metadata: metadata }) } as unknown as S3Client;
  const place = quarantinePlaces().find((one) => one.kind === kind)!;
  const object = { key, bytes: content.length, eTag: '"e"', modified: ARRIVAL };
  return readQuarantined(s3, place, object, opened === undefined ? {} : { opened });
}

const failing = (error: Error, options?: ReadQuarantined) => {
  const s3 = { send: () => Promise.reject(error) } as unknown as S3Client;
  return readQuarantined(s3, quarantinePlaces()[0]!, { key: "k", bytes: 1, eTag: "e", modified: 0 }, options);
};

describe("readQuarantined", () => {
  it("reads rejected events, each with the id of its document", async () => {
    const rejection = "400 mapper_parsing_exception: failed to parse";
    const events = [
      { message: "a", rejection },
      { message: "b", rejection: "no" },
    ];
    expect(await read("rejected", rejectedObject(events))).toMatchObject([
      {
        ...{ number: 1, at: ARRIVAL - 999, from: ARRIVAL - 999, to: ARRIVAL - 999, origin: "foo", stream: "stream-1" },
        ...{ reason: rejection, text: "a", more: 0, events: 1, ids: [documentIdOf(1)] },
      },
      { number: 2, reason: "no", text: "b", ids: [documentIdOf(2)] },
    ]);
  });

  it.each<[string, Buffer, string]>([
    ["text", Buffer.from("lost €"), "lost €"],
    ["bytes", Buffer.from("1f8b08ff", "hex"), "1f 8b 08 ff"],
    ["more than is shown", Buffer.alloc(70_000, "x"), `${"x".repeat(65_536)} …`],
  ])("reads a dead letter that is %s", async (_, data, text) => {
    const [entry] = (await read("dead-letter", deadLetterObject(data, "corrupt"), { opened: 1 }))!;
    expect(entry).toMatchObject({
      ...{ at: ARRIVAL, from: ARRIVAL, to: ARRIVAL, origin: "logging-pipeline_foo", stream: "shardId-000000000000" },
      ...{ reason: "corrupt", text, events: data.length < 10 && text.startsWith("lost") ? 1 : 0 },
    });
  });

  it("knows the events of a dead letter that can be decoded by now", async () => {
    const data = gzipSync(JSON.stringify(envelope([logEvent(1), logEvent(2)])));
    expect(await read("dead-letter", deadLetterObject(data, "too large"))).toMatchObject([
      { events: 2, ids: [documentIdOf(1), documentIdOf(2)], from: ARRIVAL - 999, to: ARRIVAL - 998 },
    ]);
  });

  it("reads an undelivered batch: a part for each log group, and what cannot be decoded", async () => {
    const batch = undeliveredObject(
      envelope([logEvent(1, "one"), logEvent(2, "two")]),
      envelope([logEvent(3, "three")], { logGroup: "bar" }),
      Buffer.from("1f8b08ff", "hex"),
    );
    const reason = "RetryAttemptsExhausted, the function's error: Unhandled";
    expect(await read("undelivered", batch)).toMatchObject([
      {
        origin: "foo",
        text: "one\ntwo",
        events: 2,
        ids: [documentIdOf(1), documentIdOf(2)],
        at: ARRIVAL + 60_000,
        reason,
      },
      { origin: "bar", text: "three", events: 1, reason },
      { origin: "logging-pipeline_foo", text: "1f 8b 08 ff", events: 1, ids: [], from: ARRIVAL + 2, reason },
    ]);
  });

  it("reads rejected lines of access logs, and objects that are unreadable", async () => {
    const hour = Date.parse("2026-11-21T03:00:00Z");
    expect(await read("access-logs", rejectedLogLinesObject())).toMatchObject([
      {
        ...{ origin: "my-logs", stream: "alb/a b.log.gz, line 8", reason: "400 rejected", text: "GET / 200", at: hour },
        ...{ ids: [expect.stringMatching(/^7\.[\w-]{16}$/)], from: hour, to: hour + 3_599_999 },
      },
      { stream: "alb/a b.log.gz, line 10", text: "(a line of 2000000 bytes, which only its object has)" },
    ]);
    expect(await read("access-logs", unreadableLogObject())).toMatchObject([
      { origin: "my-logs", stream: "alb/a b.log.gz, from line 4 on", reason: "404 NoSuchKey", events: 0, ids: [] },
    ]);
  });

  it("reads what Firehose could not deliver, compressed or not", async () => {
    const object = firehoseErrorsObject('{"a":1}', '{"a":2}');
    const entries = [
      {
        origin: "apps",
        stream: "applications-2026-11-21",
        reason: "400: mapper_parsing_exception",
        text: '{"a":1}',
        ids: ["id-0"],
      },
      { text: '{"a":2}', ids: ["id-1"], at: ARRIVAL },
    ];
    expect(await read("firehose", object)).toMatchObject(entries);
    const { gunzipSync } = await import("node:zlib");
    expect(await read("firehose", { ...object, body: gunzipSync(object.body) })).toMatchObject(entries);
    expect(await read("firehose", { ...object, key: `${object.key}.zip` })).toMatchObject([
      { isUnreadable: true, reason: "What is compressed by zip or Snappy is not shown." },
    ]);
  });

  it("shows the beginning of a text, and all of one that is opened", async () => {
    const object = rejectedObject([
      { message: "x", rejection: "r" },
      { message: `${"y".repeat(399)}😀z`, rejection: "r".repeat(2_000) },
    ]);
    const [, entry] = (await read("rejected", object))!;
    expect(entry).toMatchObject({ text: "y".repeat(399), more: 3, reason: "r".repeat(1_000) });
    expect(await read("rejected", object, { opened: 2 })).toMatchObject([
      { number: 2, text: `${"y".repeat(399)}😀z`, more: 0 },
    ]);
    expect(await read("rejected", object, { opened: 3 })).toEqual([]);
  });

  it.each<[QuarantineKind, string, Buffer, string]>([
    ["rejected", "x.gz", Buffer.from("no gzip"), "Not written by the pipeline: no whole gzip: incorrect header check."],
    [
      "rejected",
      "x.gz",
      gzipSync("{}\n"),
      "Not written by the pipeline: line 1: no CloudWatch Logs envelope: messageType is not DATA_MESSAGE.",
    ],
    ["rejected", "x.gz", gzipSync("\n\n"), "The object holds nothing."],
    [
      "rejected",
      "x.gz",
      gzipSync("a").subarray(0, 12),
      "Not written by the pipeline: no whole gzip: unexpected end of file.",
    ],
    [
      "dead-letter",
      "x",
      Buffer.from("a"),
      "Not written by the pipeline: is no dead letter: its name or its metadata is another one.",
    ],
    [
      "undelivered",
      "x",
      Buffer.from("{}"),
      "Not written by the pipeline: is no invocation record of Lambda: it has no string payload.",
    ],
    [
      "undelivered",
      "x",
      Buffer.from('{"payload":"[]"}'),
      "Not written by the pipeline: has a payload that is no batch of Kinesis records.",
    ],
    ["access-logs", "x.gz", gzipSync("[]"), "Not written by the pipeline: line 1 names no bucket."],
    ["access-logs", "x.json", Buffer.from("[]"), "Not written by the pipeline: has no reason and message."],
    ["firehose", "x", Buffer.from("{}"), "Not written by the pipeline: line 1 is no failed record of Firehose."],
  ])("says of %s %s what it is instead", async (kind, key, content, reason) => {
    expect(await read(kind, { key, body: content })).toMatchObject([
      { isUnreadable: true, reason, events: 0, ids: [], at: ARRIVAL, from: undefined },
    ]);
  });

  it("keeps what precedes the damage", async () => {
    const { key, body: content } = rejectedObject([{ message: "a", rejection: "r" }]);
    const damaged = { key, body: Buffer.concat([content, gzipSync("broken\n")]) };
    expect(await read("rejected", damaged)).toMatchObject([{ text: "a" }, { isUnreadable: true, number: 2 }]);
  });

  it.each<[string, Buffer, RegExp]>([
    [
      "empty lines",
      gzipSync(Buffer.alloc(40 * 1024 * 1024, "\n"), { level: 1 }),
      /^The rest is not shown: it holds more than 32 MiB\.$/,
    ],
    [
      "one line",
      gzipSync(Buffer.alloc(40 * 1024 * 1024, "x"), { level: 1 }),
      /^The rest is not shown: it has a line of more than 8 MiB\.$/,
    ],
  ])("reads no more of a gzip bomb of %s than it shows, and closes it", async (_, bomb, reason) => {
    const size = Math.ceil(bomb.length / 100);
    const chunks = Array.from({ length: 100 }, (_, n) => bomb.subarray(n * size, (n + 1) * size));
    expect(await read("rejected", { key: "x.gz", body: bomb }, { chunks })).toMatchObject([
      { isUnreadable: true, reason: expect.stringMatching(reason) },
    ]);
    expect(taken).toBeLessThan(100);
    expect(body.destroyed).toBe(true);
  });

  it("reads nothing of a batch that is too large, and closes it", async () => {
    const object = { key: "x", body: Buffer.alloc(17 * 1024 * 1024) };
    expect(await read("undelivered", object)).toMatchObject([
      { isUnreadable: true, reason: "A batch of more than 16 MiB is not shown; a replay needs --object-max-bytes." },
    ]);
    expect(body.destroyed).toBe(true);
  });

  it("decodes no more of a batch of gzip bombs than it has time for", async () => {
    const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024));
    const entries = await read("undelivered", undeliveredObject(...Array.from({ length: 100 }, () => bomb)));
    expect(entries!.at(-1)).toMatchObject({
      isUnreadable: true,
      reason: "Records beyond the first 16 of 100 are not shown.",
    });
  });

  it("has nothing of an object that is gone or another one, and says what else S3 answers", async () => {
    expect(await failing(Object.assign(new Error(), { name: "NoSuchKey" }))).toBeUndefined();
    expect(await failing(Object.assign(new Error(), { name: "PreconditionFailed" }))).toBeUndefined();
    expect(await failing(new Error("SlowDown."))).toMatchObject([
      { isUnreadable: true, mayPass: true, reason: "It cannot be read: SlowDown. It is tried again." },
    ]);
    await expect(failing(new Error("SlowDown"), { opened: 1 })).rejects.toThrow("SlowDown");
  });

  it("never throws, whatever an object and its metadata hold", async () => {
    const json = fc.json({ maxDepth: 3 });
    const nested = fc.record(
      {
        payload: fc.oneof(
          json,
          fc
            .record({ Records: fc.array(fc.oneof(fc.anything(), fc.record({ kinesis: fc.anything() }))) })
            .map((v) => JSON.stringify(v) ?? ""),
        ),
        requestContext: fc.anything(),
      },
      { requiredKeys: [] },
    );
    const text = fc.oneof(
      json,
      fc.string({ unit: "binary" }),
      nested.map((value) => JSON.stringify(value, (_, one) => (typeof one === "bigint" ? String(one) : one)) ?? ""),
      fc.record({ rawData: fc.string(), arrivalTimestamp: fc.double() }).map((value) => JSON.stringify(value)),
    );
    const content = fc.oneof(
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      text.map((some) => Buffer.from(some)),
      fc.array(text, { maxLength: 3 }).map((some) => gzipSync(some.join("\n"))),
    );
    const metadata = fc.dictionary(
      fc.constantFrom("reason", "account", "shard-id", "sequence-number", "arrival-time"),
      fc.string(),
    );
    const key = fc.oneof(fc.string(), fc.constantFrom("dead-letter/2026/11/21/03/s/a-1", "a.gz", "a.json"));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...QUARANTINE_KINDS),
        key,
        content,
        metadata,
        async (kind, name, some, given) => {
          const entries = await read(kind, { key: name, body: some, metadata: given });
          expect(entries!.length).toBeGreaterThan(0);
          expect(() => JSON.stringify(entries)).not.toThrow();
        },
      ),
      { numRuns: 150 },
    );
  });
});
