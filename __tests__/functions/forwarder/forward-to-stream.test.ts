import { gunzipSync } from "node:zlib";
import { laneSettings } from "../../../core/pipelines/message-settings";
import { parseEnvironment } from "../../../core/settings/environment";
import type { ForwardIo } from "../../../functions/forwarder/forward";
import { forward } from "../../../functions/forwarder/forward";
import { prepareForwarding } from "../../support/forwarding";
import { documentIdOf, envelope, kinesisEvent, logEvent } from "../../support/kinesis";
import { MemoryStream } from "../../support/memory-stream";

function prepare(env: Record<string, string> = {}) {
  const stream = new MemoryStream();
  const required = { TARGET_STREAM_ARN: MemoryStream.ARN, ARCHIVE_BUCKET: "the-archive", AWS_REGION: "eu-central-1" };
  const lane = laneSettings(parseEnvironment({ ...required, ...env }));
  const { io: toSearch, bucket, engine, lines, clock } = prepareForwarding(lane);
  const { search: _, indexSetup: __, stream: ___, ...rest } = toSearch;
  const io: ForwardIo = {
    ...rest,
    stream: { streamArn: MemoryStream.ARN, send: stream.send, requestTimeoutMs: 30_000 },
  };
  return { stream, io, bucket, engine, lines, clock };
}

const documentsIn = (stream: MemoryStream) => stream.lines.map((line) => JSON.parse(line));
const UUID = "9b2f1c1e-4f1a-4b7e-8c3d-0123456789ab";

describe("forward, to a stream", () => {
  it("puts the document of each event as a line, with the id that it would have in an index", async () => {
    const { stream, io, bucket, engine } = prepare({ PARSER: "auto" });
    const foo = envelope([logEvent(1), logEvent(2, '{"level":"info","message":"hi"}')]);
    expect(await forward(kinesisEvent(foo), io)).toEqual({ batchItemFailures: [] });
    const shared = {
      cloud: { account: { id: "111111111111" }, region: "eu-central-1" },
      aws: { cloudwatch: { log_group: "foo", log_stream: "stream-1" } },
    };
    expect(documentsIn(stream)).toEqual([
      { "@timestamp": "2026-11-21T02:59:59.001Z", ...shared, message: "line 1", event: { id: documentIdOf(1) } },
      {
        "@timestamp": "2026-11-21T02:59:59.002Z",
        ...shared,
        ...{ level: "info", message: "hi", event: { id: documentIdOf(2) } },
      },
    ]);
    expect(bucket.lines("archive/")).toEqual([JSON.stringify(foo)]);
    expect(engine.requests).toEqual([]);
  });

  it("keeps the id that a client library gave a line, and applies rules", async () => {
    const rules = JSON.stringify([
      { action: "drop", field: "level", values: ["debug"] },
      { action: "redact", what: ["email"] },
    ]);
    const { stream, io, lines } = prepare({ RULES: rules });
    const text = `{"level":"debug"}\n{"event.id":"${UUID}","user":"a@example.com"}\n`;
    await forward(kinesisEvent(Buffer.from(text)), io);
    expect(documentsIn(stream)).toEqual([expect.objectContaining({ "event.id": UUID, user: "[REDACTED]" })]);
    expect(lines[0]).toMatchObject({ DroppedEvents: 1, RedactedEvents: 1, Events: 1, BulkRequests: 1 });
  });

  it("packs the lines of a log stream under one partition key, in their order", async () => {
    const { stream, io } = prepare();
    const ofStream = (logStream: string, ...numbers: number[]) =>
      envelope(
        numbers.map((n) => logEvent(n)),
        { logStream },
      );
    await forward(kinesisEvent(ofStream("a", 1, 2), ofStream("b", 3), ofStream("a", 4)), io);
    expect(stream.records.map(({ lines }) => lines.map((line) => JSON.parse(line).message))).toEqual([
      ["line 1", "line 2", "line 4"],
      ["line 3"],
    ]);
    expect(new Set(stream.records.map(({ partitionKey }) => partitionKey)).size).toBe(2);
  });

  it("returns the records to Lambda that the stream has not taken, and archives those before", async () => {
    const { stream, io, bucket, lines } = prepare();
    stream.reject = ({ lines: [line] }) =>
      line!.includes("line 2") ? "ProvisionedThroughputExceededException" : undefined;
    const of = (n: number) => envelope([logEvent(n)], { logStream: `stream-${n}` });
    const event = kinesisEvent(of(1), of(2), of(3));
    expect(await forward(event, io)).toEqual({
      batchItemFailures: [{ itemIdentifier: event.Records[1]!.kinesis.sequenceNumber }],
    });
    expect(bucket.lines("archive/")).toEqual([JSON.stringify(of(1))]);
    expect(lines[0]).toMatchObject({
      UnprocessedRecords: 2,
      failures: { "stream: ProvisionedThroughputExceededException": expect.any(Number) },
    });
  });

  it("keeps an event that no record has room for under rejected/, and delivers those beside it", async () => {
    const { stream, io, bucket, lines } = prepare();
    const quotes = '"'.repeat(600_000);
    const tooLong = "a".repeat(1024 * 1024 + 1);
    const foo = envelope([logEvent(1), logEvent(2, quotes), logEvent(3, tooLong), logEvent(4)]);
    io.settings.recordMaxBytes = 32 * 1024 * 1024;
    expect(await forward(kinesisEvent(foo), io)).toEqual({ batchItemFailures: [] });
    expect(documentsIn(stream).map(({ message }) => message)).toEqual(["line 1", "line 4"]);
    const [key] = bucket.keys("rejected/");
    const rejected = gunzipSync(bucket.objects.get(key!)!)
      .toString()
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rejected.map(({ rejection }) => rejection)).toEqual([
      expect.stringMatching(/^a line of 1200\d{3} bytes; a record of a stream has 1048576 at most$/),
      expect.stringMatching(/^a line of 10485\d\d bytes; /),
    ]);
    expect(lines[0]).toMatchObject({ RejectedEvents: 2 });
  });

  it("fails the batch, and archives nothing, if the role may not put records", async () => {
    const { stream, io, bucket, lines } = prepare();
    stream.answers.push({ status: 400, body: '{"__type":"AccessDeniedException"}' });
    await expect(forward(kinesisEvent(envelope([logEvent(1)])), io)).rejects.toThrow(/kinesis:PutRecords/);
    expect(bucket.requests).toEqual([]);
    expect(lines[0]).toMatchObject({ errorCode: "ACCESS_DENIED", UnprocessedRecords: 1 });
  });
});
