import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { FirehoseTransformationEvent } from "aws-lambda";
import fc from "fast-check";
import { laneSettings } from "../../../core/pipelines/message-settings";
import { parseFirehoseTransformEnvironment } from "../../../core/settings/firehose-transform";
import { transform } from "../../../functions/firehose-transform/transform";
import { firehoseEvent } from "../../support/firehose";
import { anyText, jsonObjectText } from "../../support/json-texts";
import { ARRIVAL, envelope, logEvent } from "../../support/kinesis";

/** Transforms `event` by the function's environment. */
async function transformed(
  event: FirehoseTransformationEvent,
  env: Record<string, string> = {},
  remainingMs = () => 60_000,
) {
  const { DESTINATION, TIME_FIELD, METRICS_NAMESPACE, ...messages } = parseFirehoseTransformEnvironment(env);
  const lane = laneSettings({ ...messages, JOIN_LINES: "", ARCHIVE_CONTENT: "raw" });
  const lines: Record<string, unknown>[] = [];
  const settings = { destination: DESTINATION, timeField: TIME_FIELD, ...lane, metricsNamespace: METRICS_NAMESPACE };
  const log = (line: Record<string, unknown>) => lines.push(line);
  const response = await transform(event, { settings, remainingMs, now: () => ARRIVAL, monotonicMs: () => 0, log });
  const documents = response.records.map(({ result, data }) =>
    result === "Ok" ? Buffer.from(data!, "base64").toString() : undefined,
  );
  return { response, results: response.records.map(({ result }) => result), documents, line: lines[0]!, lines };
}

const UUID = "9b2f1c1e-4f1a-4b7e-8c3d-0123456789ab";

describe("transform", () => {
  it("writes a line as the forwarder writes it: stream, shard, time and id", async () => {
    const data = [
      `{"@timestamp":"2026-11-21T02:59:59.500Z","event.id":"${UUID}","log.level":"info","message":"hi"}`,
      "plain",
    ];
    const { documents } = await transformed(firehoseEvent(data, "KinesisStream"));
    const shared = {
      cloud: { account: { id: "111111111111" }, region: "eu-central-1" },
      aws: { cloudwatch: { log_group: "shop", log_stream: "shardId-000000000003" } },
    };
    expect(documents.map((document) => JSON.parse(document!))).toEqual([
      {
        "@timestamp": "2026-11-21T02:59:59.500Z",
        ...shared,
        ...{ "event.id": UUID, "log.level": "info", message: "hi" },
        json: { "@timestamp": "2026-11-21T02:59:59.500Z" },
      },
      { "@timestamp": "2026-11-21T03:00:00.000Z", ...shared, message: "plain", event: { id: expect.any(String) } },
    ]);
  });

  it("puts dotted labels, as client libraries write them, into the object that the index template maps", async () => {
    const line = `{"event.id":"${UUID}","labels.run":"a","labels.b.c":"d","message":"hi"}`;
    const { documents } = await transformed(firehoseEvent([line]));
    const { "@timestamp": _, cloud, aws, ...rest } = JSON.parse(documents[0]!);
    expect(rest).toEqual({ "event.id": UUID, message: "hi", labels: { run: "a", "b.c": "d" } });
  });

  it("names the Firehose stream of a record that was put to it directly", async () => {
    const { documents } = await transformed(firehoseEvent(["{}"]));
    expect(JSON.parse(documents[0]!)).toMatchObject({
      cloud: { account: { id: "111111111111" } },
      aws: { cloudwatch: { log_group: "app-logs", log_stream: "DirectPut" } },
    });
  });

  it("returns a result for each record, and fails none for what another one holds", async () => {
    const bad = gzipSync(JSON.stringify(envelope([logEvent(1)])));
    const event = firehoseEvent(['{"a":1}', bad, "\n", Buffer.from([0, 1, 2]), '{"a":2}']);
    const { response, results, line } = await transformed(event, { METRICS_NAMESPACE: "logs" });
    expect(results).toEqual(["Ok", "ProcessingFailed", "Dropped", "ProcessingFailed", "Ok"]);
    expect(response.records.map(({ recordId }) => recordId)).toEqual(event.records.map(({ recordId }) => recordId));
    // Firehose has to get what a record holds, to write it to the bucket.
    expect(response.records[1]!.data).toBe(event.records[1]!.data);
    expect(line).toMatchObject({
      ...{ Records: 5, Events: 2, FailedRecords: 2, DroppedRecords: 1 },
      _aws: { CloudWatchMetrics: [{ Namespace: "logs" }] },
      failures: {
        "record: neither gzip nor text": 1,
        "record: events of CloudWatch Logs: Firehose would drop their ids and log group; subscribe the log group to a stream of the forwarder": 1,
      },
    });
  });

  it("applies parsers, extraction and rules as the forwarder does, and drops a record whose events all are dropped", async () => {
    const rules = JSON.stringify([
      { action: "redact", what: ["email"] },
      { action: "drop", field: "level", values: ["debug"] },
    ]);
    const data = [
      '{"level":"debug"}',
      '{"level":"info","user":"a@example.com"}',
      `[ERROR]\t2026-11-21T03:00:00.000Z\t${UUID}\tboom`,
    ];
    const { results, documents, line } = await transformed(firehoseEvent(data), {
      RULES: rules,
      PARSER: "lambda",
      EXTRACT_FIELDS: JSON.stringify({ word: { from: "message", pattern: "bo+m" } }),
    });
    expect(results).toEqual(["Dropped", "Ok", "Ok"]);
    expect(documents[1]).not.toContain("a@example.com");
    expect(JSON.parse(documents[2]!)).toMatchObject({ log: { level: "error" }, word: "boom" });
    expect(line).toMatchObject({ DroppedEvents: 1, RedactedEvents: 1, DroppedRecords: 1, ParsedEvents: 1 });
  });

  it("tells nobody by an id what was redacted", async () => {
    const rules = JSON.stringify([{ action: "redact", what: ["email"] }]);
    const ids = async (data: string[], env: Record<string, string>) =>
      (await transformed(firehoseEvent(data), env)).documents.map((document) => JSON.parse(document!).event.id);
    const lines = ["mail to a@example.com", "mail to b@example.com"];
    expect(new Set(await ids(lines, { RULES: rules })).size).toBe(1);
    expect(new Set(await ids(lines, {})).size).toBe(2);
  });

  it("writes a document a line for S3, and keeps lines beside those that a rule drops", async () => {
    const rules = JSON.stringify([{ action: "drop", field: "n", values: ["2"] }]);
    const { documents } = await transformed(firehoseEvent(['{"n":1}\n{"n":2}\n{"n":3}\n']), {
      DESTINATION: "s3",
      RULES: rules,
    });
    expect(documents[0]!.endsWith("\n")).toBe(true);
    const written = documents[0]!.trimEnd().split("\n");
    expect(written.map((document) => JSON.parse(document).n)).toEqual([1, 3]);
  });

  it("reads the time of the field that it is told, and takes the arrival where that has none", async () => {
    const data = ['{"at":1795229999,"@timestamp":"2026-11-21T01:00:00Z"}', '{"at":"1999-01-01T00:00:00Z"}'];
    const { documents } = await transformed(firehoseEvent(data), { TIME_FIELD: "at" });
    expect(documents.map((document) => JSON.parse(document!)["@timestamp"])).toEqual([
      "2026-11-21T02:59:59.000Z",
      "2026-11-21T03:00:00.000Z",
    ]);
  });

  it("never returns more than Lambda lets it: a record that has no room fails, and smaller ones behind it do not", async () => {
    // A quote takes two bytes as JSON.
    const large = Array.from({ length: 4 }, () => '"'.repeat(800_000));
    const { response, results, line } = await transformed(firehoseEvent([...large, "small"]));
    expect(results).toEqual(["Ok", "ProcessingFailed", "ProcessingFailed", "ProcessingFailed", "Ok"]);
    expect(Buffer.byteLength(JSON.stringify(response))).toBeLessThanOrEqual(6_000_000);
    expect(line.failures).toEqual({
      "record: no room in the response: make the buffer of the transformation smaller": 3,
    });
  });

  it("fails a record of more documents than there is room for, before it has made them all", async () => {
    const data = [gzipSync("a\n".repeat(100_000)), "good"];
    const { results, line } = await transformed(firehoseEvent(data), { DESTINATION: "s3" });
    expect(results).toEqual(["ProcessingFailed", "Ok"]);
    expect(line.failures).toEqual({
      "record: no room in the response: make the buffer of the transformation smaller": 1,
    });
  });

  it("fails a record alone that is none, or has no data, or none that is base64", async () => {
    const event = firehoseEvent(["a", "b", "c", "d"]);
    const { recordId } = event.records[0]!;
    Object.assign(event.records, { 0: { recordId }, 1: null });
    Object.assign(event.records[2]!, { data: "!!!!" });
    const { response, results, line } = await transformed(event);
    expect(results).toEqual(["ProcessingFailed", "ProcessingFailed", "ProcessingFailed", "Ok"]);
    expect(response.records[0]!.recordId).toBe(recordId);
    expect(line.failures).toEqual({ "record: has no data, or none that is base64": 3 });
  });

  it("makes documents without ARNs and region", async () => {
    const event = { ...firehoseEvent(["a"]), deliveryStreamArn: undefined, region: undefined };
    const { results } = await transformed(event as unknown as FirehoseTransformationEvent);
    expect(results).toEqual(["Ok"]);
  });

  it("returns no more than it may, even if records fail that have more", async () => {
    const event = firehoseEvent([..."abcd"].map((char) => `${char}\n`.repeat(570_000)));
    expect(JSON.stringify(event).length).toBeGreaterThan(6_000_000);
    const { response, results } = await transformed(event);
    expect(results).toEqual(["ProcessingFailed", "ProcessingFailed", "ProcessingFailed", "ProcessingFailed"]);
    expect(Buffer.byteLength(JSON.stringify(response))).toBeLessThanOrEqual(6_000_000);
    expect(response.records.map(({ data }) => data !== undefined)).toEqual([false, true, true, true]);
  });

  it("reads what is gzipped last: those beside it have room and time", async () => {
    const large = gzipSync("a".repeat(1_000_000));
    let ms = 65_000;
    const event = firehoseEvent([large, large, large, large, "good", large]);
    const { response, results } = await transformed(event, {}, () => {
      ms -= 10_000;
      return ms;
    });
    expect(results).toEqual(["Ok", "Ok", "Ok", "ProcessingFailed", "Ok", "ProcessingFailed"]);
    expect(response.records.map(({ recordId }) => recordId)).toEqual(event.records.map(({ recordId }) => recordId));
  });

  it("fails none for what gzip beside it inflates to", async () => {
    const nested = gzipSync(`${'{"a":'.repeat(690_000)}1${"}".repeat(690_000)}`);
    const broad = gzipSync(`{${Array.from({ length: 110_000 }, (_, i) => `"${i}":1`).join()}}`.slice(0, 1_024_000));
    const lines = gzipSync("a\n".repeat(2_000_000));
    const data = [...Array.from({ length: 30 }, () => nested), broad, lines, '{"a":1}'];
    const { results } = await transformed(firehoseEvent(data), { DESTINATION: "s3" });
    expect(results).toEqual([...Array.from({ length: 32 }, () => "ProcessingFailed"), "Ok"]);
  });

  it("fails the records for which no time is left, and returns the others", async () => {
    let ms = 40_000;
    const { results, line } = await transformed(firehoseEvent(["a", "b", "c", "d"]), {}, () => {
      ms -= 10_000;
      return ms;
    });
    expect(results).toEqual(["Ok", "Ok", "ProcessingFailed", "ProcessingFailed"]);
    expect(line).toMatchObject({ FailedRecords: 2, Records: 4 });
  });

  it("takes the time for the arrival of a record whose own is none", async () => {
    const event = firehoseEvent(["a"]);
    Object.assign(event.records[0]!, { approximateArrivalTimestamp: "2012-04-23T18:25:43.511Z" });
    const { documents } = await transformed(event);
    expect(JSON.parse(documents[0]!)["@timestamp"]).toBe("2026-11-21T03:00:00.000Z");
  });

  it("returns each record once, in order, whatever its bytes are, and documents that are JSON on one line", async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array)),
      fc.oneof(anyText, jsonObjectText).map((text) => Buffer.from(text)),
      jsonObjectText.map((text) => gzipSync(text)),
      fc.array(jsonObjectText, { maxLength: 4 }).map((texts) => Buffer.from(texts.join("\n"))),
    );
    const anyArn = fc.constantFrom("arn:aws:firehose:eu-central-1:1:deliverystream/a", "aws:lambda:events", "");
    await fc.assert(
      fc.asyncProperty(
        fc.array(bytes, { maxLength: 6 }),
        anyArn,
        fc.constantFrom("search", "s3"),
        async (data, deliveryStreamArn, DESTINATION) => {
          const event = { ...firehoseEvent(data), deliveryStreamArn };
          const env = { DESTINATION, PARSER: "auto", RULES: '[{"action":"redact","what":["token"]}]' };
          const { response, results, documents, line } = await transformed(event, env);
          expect(response.records.map(({ recordId }) => recordId)).toEqual(
            event.records.map(({ recordId }) => recordId),
          );
          for (const document of documents.flatMap((each) => (each === undefined ? [] : each.trimEnd().split("\n")))) {
            expect(JSON.parse(document)).toMatchObject({ "@timestamp": expect.any(String), aws: expect.anything() });
          }
          const count = (result: string) => results.filter((each) => each === result).length;
          expect(line).toMatchObject({
            ...{ Records: data.length, FailedRecords: count("ProcessingFailed"), DroppedRecords: count("Dropped") },
            ...{ FailedParses: 0, FailedRules: 0 },
          });
        },
      ),
    );
  });

  it("logs one line that holds nothing of a record", async () => {
    const secret = randomBytes(8).toString("hex");
    const data = [`${secret}\n${secret}`, secret, `{"${secret}":1,"${secret}":2}`, `\0\0\0${secret}`];
    const { lines } = await transformed(firehoseEvent(data));
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain(secret);
  });
});
