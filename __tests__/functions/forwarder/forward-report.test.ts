import { gzipSync } from "node:zlib";
import { METRICS } from "../../../core/metrics/forwarder";
import { MessageParsing } from "../../../core/parsers/message-parsing";
import { forward } from "../../../functions/forwarder/forward";
import { prepareForwarding } from "../../support/forwarding";
import { ARRIVAL, CONTROL_MESSAGE, envelope, eventId, kinesisEvent, logEvent } from "../../support/kinesis";
import { MAPPING_CONFLICT, QUEUE_FULL } from "../../support/search-engine";

const foo = (...numbers: number[]) => envelope(numbers.map((n) => logEvent(n, `{"n":${n}}`)));

/** Forwards `data`, and returns the invocation's only line. */
async function report(prepared: ReturnType<typeof prepareForwarding>, ...data: (object | Buffer)[]) {
  await forward(kinesisEvent(...data), prepared.io).catch(() => {});
  expect(prepared.lines).toHaveLength(1);
  return prepared.lines[0]!;
}

describe("the line of an invocation", () => {
  it("counts the batch, the requests and the outcomes", async () => {
    const prepared = prepareForwarding();
    const { engine, bucket, clock } = prepared;
    await forward(kinesisEvent(foo(1)), prepared.io);
    prepared.lines.length = 0;
    engine.requests.length = 0;
    bucket.objects.clear();
    clock.nowMs = 7000;
    engine.reject = ({ id, document }) => {
      if (id === eventId(2) && document.n) return MAPPING_CONFLICT;
      return id === eventId(3) ? MAPPING_CONFLICT : undefined;
    };
    const records = [foo(1, 2), CONTROL_MESSAGE, foo(3, 4), Buffer.from("\0junk")];
    const line = await report(prepared, ...records);
    const sizes = (bodies: Iterable<Buffer>) => [...bodies].reduce((total, body) => total + body.length, 0);
    expect(line).toEqual({
      ...{ Records: 4, Events: 4, ReceivedBytes: expect.any(Number), BulkRequests: 2 },
      SentBytes: sizes(engine.requests.map(({ body }) => body)),
      ...{ AlreadyIndexedEvents: 1, SentAsTextEvents: 2, RejectedEvents: 1, RetriedEvents: 0, IndexSetupWarnings: 0 },
      ...{ ParsedEvents: 0, FailedParses: 0 },
      ...{ JoinedEvents: 0, DroppedEvents: 0, SampledOutEvents: 0, RedactedEvents: 0, FailedRules: 0 },
      ...{
        DeadLetteredRecords: 1,
        ControlMessages: 1,
        UnprocessedRecords: 0,
        ArchivedBytes: sizes(bucket.objects.values()),
      },
      ...{ IteratorAge: 6997, DecodeDuration: 0, DeliveryDuration: 0, ArchiveDuration: 0, Duration: 0 },
    });
    const received = kinesisEvent(...records).Records.map(({ kinesis }) => Buffer.from(kinesis.data, "base64"));
    expect(line.ReceivedBytes).toBe(sizes(received));
  });

  it("counts the messages that a parser turned into fields, of each invocation, on both paths", async () => {
    for (const fastPath of [true, false]) {
      const options = { parser: "postgresql", fields: [], keepMessage: true, eventOriginal: false } as const;
      const prepared = prepareForwarding({ fastPath, parsing: new MessageParsing(options) });
      const lines = ["2026-01-01 00:00:00 UTC:[local]:kim@shop:[123]:LOG:  ready", "another", '{"n":1}'];
      const some = envelope(lines.map((line, n) => logEvent(n, line)));
      expect(await report(prepared, some, some)).toMatchObject({ ParsedEvents: 2, FailedParses: 0, Events: 6 });
      prepared.lines.length = 0;
      expect(await report(prepared, foo(7))).toMatchObject({ ParsedEvents: 0, Events: 1 });
      expect([...prepared.engine.documents.values()]).toContainEqual(
        expect.objectContaining({
          log: expect.objectContaining({ level: "log" }),
          user: { name: "kim" },
          message: "ready",
        }),
      );
    }
  });

  it("counts retryable failures by kind, without an error's text about an event", async () => {
    const prepared = prepareForwarding();
    const { engine, bucket } = prepared;
    let busy = 3;
    engine.reject = ({ id }) =>
      busy-- > 0 ? { ...QUEUE_FULL, error: { ...QUEUE_FULL.error, reason: id } } : undefined;
    engine.answers.push(new Error("read ECONNRESET"));
    bucket.answers.push({ status: 503, body: "<Error><Code>SlowDown</Code></Error>" });
    expect(await report(prepared, foo(1, 2, 3))).toMatchObject({
      failures: {
        "search: read ECONNRESET": 1,
        "search: 429 rejected_execution_exception": 3,
        "archive: 503 SlowDown": 1,
      },
      RetriedEvents: 6,
      // Of one wait for search twice, and one for S3.
      Duration: 400,
      DeliveryDuration: 300,
      ArchiveDuration: 100,
    });
  });

  it("stays short, however many kinds of failures there are", async () => {
    const prepared = prepareForwarding();
    for (let n = 0; n < 30; n++) prepared.engine.answers.push(new Error(`failure ${n}`));
    prepared.io.random = () => 0;
    const { failures } = await report(prepared, foo(1));
    expect(Object.keys(failures as object)).toHaveLength(21);
    expect(failures).toMatchObject({ others: 10 });
  });

  it("has what is not as it should be in the engine, whose setup comes before the first write and never fails a batch", async () => {
    const prepared = prepareForwarding();
    prepared.io.indexSetup = async () => {
      expect(prepared.engine.requests).toEqual([]);
      return ["The index template is missing.", "The policy is missing."];
    };
    expect(await report(prepared, foo(1))).toMatchObject({
      IndexSetupWarnings: 2,
      warnings: ["The index template is missing.", "The policy is missing."],
      UnprocessedRecords: 0,
    });
    expect(prepared.engine.documents.size).toBe(1);
    prepared.io.indexSetup = async () => [];
    prepared.lines.length = 0;
    expect(await report(prepared, foo(2))).not.toHaveProperty("warnings");
  });

  it("is written for a failed invocation too, with the reason", async () => {
    const prepared = prepareForwarding();
    prepared.engine.answers.push({ status: 403, body: '{"Message":"no"}' });
    expect(await report(prepared, foo(1), foo(2))).toMatchObject({
      Records: 2,
      UnprocessedRecords: 2,
      error: expect.stringMatching(
        /^DeliveryError: https:\/\/search.example answered 403 to _bulk. Allow the sender's role .*a mapped backend role\. With search_credentials: .*$/,
      ),
    });
  });

  it("never contains a log line, even if an endpoint echoes the request", async () => {
    const secret = "correct horse battery staple";
    const prepared = prepareForwarding();
    const data = envelope([logEvent(1, secret), logEvent(2, JSON.stringify({ secret }))]);
    prepared.engine.answers.push({ status: 404, body: JSON.stringify([secret]) });
    expect(JSON.stringify(await report(prepared, data))).not.toContain(secret);
    prepared.lines.length = 0;
    prepared.engine.reject = () => ({ status: 400, error: { type: "no", reason: `can't parse ${secret}` } });
    const line = await report(prepared, data, gzipSync(secret).subarray(0, -1));
    expect(line).toMatchObject({ RejectedEvents: 2, DeadLetteredRecords: 1 });
    expect(JSON.stringify(line)).not.toContain(secret);
  });
});

describe("the line's metrics", () => {
  it("are one set without dimensions, in CloudWatch's embedded metric format", async () => {
    const prepared = prepareForwarding({ metricsNamespace: "logging-pipeline" });
    const line = await report(prepared, foo(1));
    expect(line._aws).toEqual({
      Timestamp: ARRIVAL,
      CloudWatchMetrics: [
        {
          Namespace: "logging-pipeline",
          Dimensions: [[]],
          Metrics: Object.entries(METRICS).map(([Name, { unit }]) => ({ Name, Unit: unit })),
        },
      ],
    });
    for (const name of Object.keys(METRICS)) expect(line[name]).toEqual(expect.any(Number));
  });

  it("are omitted without a namespace", async () => {
    expect(await report(prepareForwarding(), foo(1))).not.toHaveProperty("_aws");
  });

  it("include an age for an empty batch too", async () => {
    expect(await report(prepareForwarding())).toMatchObject({ Records: 0, IteratorAge: 0 });
  });
});
