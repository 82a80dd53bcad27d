import { RuleSet } from "../../../core/rules/rule-set";
import { SourceObjectError } from "../../../core/sources/s3/object-error";
import { parseObjectMessage } from "../../../core/sources/s3/object-message";
import { deliverAccessLogs } from "../../../functions/access-logs/access-logs";
import { positionAt, prepareAccessLogs, SENT, SOURCE_BUCKET, sqsEvent, TOO_LONG } from "../../support/access-logs";
import { MAPPING_CONFLICT } from "../../support/search-engine";

const failuresOf = ({ batchItemFailures }: { batchItemFailures: { itemIdentifier: string }[] }) =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

const texts = (count: number) => Array.from({ length: count }, (_, i) => `line ${i}`);
const numbers = (count: number) => [...Array(count).keys()].map(String);
const unreadable = (reason: string) => new SourceObjectError("UNEXPECTED_RESPONSE", "quarantined", reason);
const denied = () => new SourceObjectError("ACCESS_DENIED", "message retried", "403 AccessDenied");

describe("deliverAccessLogs", () => {
  it("indexes every line that is not blank, by its number, and acknowledges the message", async () => {
    const { engine, queue, bucket, io, lines, put } = prepareAccessLogs();
    const response = await deliverAccessLogs(sqsEvent(put("a.log", ["a", "", "b", "", "c", "d", "e"])), io);
    expect(failuresOf(response)).toEqual([]);
    expect(engine.ids()).toEqual(["0", "2", "4", "5", "6"]);
    expect([...engine.documents.keys()].map((key) => key.split("/")[0])).toEqual(
      Array(5).fill("cwl-source-0-2026.11.27"),
    );
    expect([queue.bodies, bucket.keys()]).toEqual([[], []]);
    expect(lines).toEqual([
      expect.objectContaining({ Messages: 1, Objects: 1, Lines: 7, Events: 5, UnprocessedMessages: 0 }),
    ]);
  });

  it("changes nothing when an object is delivered again", async () => {
    const { engine, io, lines, put } = prepareAccessLogs();
    const event = sqsEvent(put("a.log", texts(9)));
    await deliverAccessLogs(event, io);
    const before = new Map(engine.documents);
    expect(failuresOf(await deliverAccessLogs(event, io))).toEqual([]);
    expect(engine.documents).toEqual(before);
    expect(lines[1]).toMatchObject({ AlreadyIndexedEvents: 9, Objects: 1 });
  });

  it("reads an object by the format, the fields and the index of its source", async () => {
    const { engine, io, put } = prepareAccessLogs({
      sources: [
        { prefix: "", format: "none" },
        { prefix: "flow/", format: "vpc_flow", index: "flows", parserFields: "version srcaddr dstaddr end" },
      ],
    });
    const flow = "5 10.0.0.1 10.0.0.2 1764212400";
    await deliverAccessLogs(sqsEvent(put("flow/a", [flow]), put("b", [flow])), io);
    const [flows, plain] = [...engine.documents].sort(([a], [b]) => a.localeCompare(b));
    expect(flows![0]).toMatch(/^cwl-flows-2025\.11\.27\/0\./);
    expect(flows![1]).toMatchObject({ source: { ip: "10.0.0.1" }, event: { sequence: 0, dataset: "aws.vpc_flow" } });
    expect(plain![0]).toMatch(/^cwl-source-0-2026\.11\.27\/0\./);
    expect(plain![1]).toMatchObject({ message: flow });
  });

  it("says by the key whose logs they are", async () => {
    const { engine, io, put } = prepareAccessLogs();
    const key =
      "AWSLogs/111111111111/elasticloadbalancing/eu-west-1/2026/11/27/111111111111_elasticloadbalancing_eu-west-1_my-elb_20261127T0305Z_10.0.0.1_abc.log";
    await deliverAccessLogs(sqsEvent(put(key, ["x"])), io);
    const [[id, document]] = [...engine.documents] as [[string, object]];
    expect(id).toMatch(/^cwl-elb_access-2026\.11\.27\/0\./);
    expect(document).toMatchObject({
      cloud: { provider: "aws", account: { id: "111111111111" }, region: "eu-west-1" },
    });
  });

  it("takes no time that is later than the object for a line's own", async () => {
    const { engine, io, put } = prepareAccessLogs({
      sources: [{ format: "vpc_flow", parserFields: "srcaddr dstaddr version end" }],
    });
    await deliverAccessLogs(sqsEvent(put("a", ["10.0.0.1 10.0.0.2 5 4102444800"])), io);
    expect([...engine.documents.values()]).toMatchObject([{ "@timestamp": "2026-11-27T03:05:00.000Z" }]);
  });

  it("indexes a line as text that the index rejects with its fields, and quarantines one that it rejects as text", async () => {
    const { engine, bucket, io, lines, put } = prepareAccessLogs();
    engine.reject = ({ id, document }) => {
      const isText = "rejection" in (document.aws as { s3: object }).s3;
      return id === "4" || (id === "1" && !isText) ? MAPPING_CONFLICT : undefined;
    };
    expect(failuresOf(await deliverAccessLogs(sqsEvent(put("a b.log", texts(6))), io))).toEqual([]);
    expect(engine.ids().sort()).toEqual(["0", "1", "2", "3", "5"]);
    expect(bucket.keys()).toEqual([
      expect.stringMatching(/^access-logs\/rejected\/2026\/11\/27\/03\/[\w-]{16}-3\.gz$/),
    ]);
    expect(bucket.lines("access-logs/rejected/").map((line) => JSON.parse(line))).toEqual([
      {
        rejection: expect.stringContaining("400 mapper_parsing_exception"),
        ...{ bucket: SOURCE_BUCKET, key: "a b.log", etag: "0", line: 4, message: "line 4" },
      },
    ]);
    expect(lines[0]).toMatchObject({ RejectedEvents: 1, SentAsTextEvents: 2, Objects: 1 });
    expect(lines[0]!.QuarantinedBytes).toBe(bucket.objects.get(bucket.keys()[0]!)!.length);
  });

  it("quarantines the place of a line that is too long, and goes on behind it", async () => {
    const { engine, bucket, io, lines, put } = prepareAccessLogs();
    await deliverAccessLogs(sqsEvent(put("a", ["a", TOO_LONG, "b"])), io);
    expect(engine.ids()).toEqual(["0", "2"]);
    expect(bucket.lines("access-logs/rejected/").map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ key: "a", line: 1, length: 2 ** 21, rejection: "a line of more than 1048576 bytes" }),
    ]);
    expect(lines[0]).toMatchObject({ TooLongLines: 1 });
  });

  it("does not acknowledge a message before what is rejected is stored", async () => {
    const { engine, bucket, queue, io, lines, put } = prepareAccessLogs();
    engine.reject = () => MAPPING_CONFLICT;
    bucket.answers.push(...Array(50).fill({ status: 403, body: "<Error><Code>AccessDenied</Code></Error>" }));
    await expect(deliverAccessLogs(sqsEvent(put("a", texts(1))), io)).rejects.toMatchObject({ code: "ACCESS_DENIED" });
    expect(queue.bodies).toEqual([]);
    expect(lines[0]).toMatchObject({ UnprocessedMessages: 1, errorCode: "ACCESS_DENIED", Lines: 0 });
  });

  it("delivers the lines before a place that cannot be read, and quarantines the object with the reason", async () => {
    const { engine, bucket, io, lines, put } = prepareAccessLogs();
    const message = put("a.gz", texts(5), unreadable("truncated gzip"));
    expect(failuresOf(await deliverAccessLogs(sqsEvent(message), io))).toEqual([]);
    expect(engine.ids()).toEqual(numbers(5));
    const [key] = bucket.keys();
    expect(key).toMatch(/^access-logs\/unreadable\/2026\/11\/27\/04\/[\w-]{16}\.json$/);
    const kept = JSON.parse(bucket.objects.get(key!)!.toString());
    expect(kept).toMatchObject({ reason: "truncated gzip", bucket: SOURCE_BUCKET, key: "a.gz", etag: "0", lines: 5 });
    expect(parseObjectMessage(kept.message)).toEqual({
      kind: "objects",
      objects: [message],
      others: 0,
      unreadable: [],
    });
    expect(lines[0]).toMatchObject({ UnreadableObjects: 1, Objects: 0 });
  });

  it.each([
    ["a vanished key", { object: { bucket: SOURCE_BUCKET, key: "gone", etag: "e" } }, "404 NoSuchKey"],
    ["what is no message", "{}", "the message is no event of S3"],
    [
      "an event without a key",
      '{"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"my-logs"}}}]}',
      "names no key",
    ],
  ])("quarantines %s, and acknowledges the message", async (_, message, reason) => {
    const { bucket, io } = prepareAccessLogs();
    expect(failuresOf(await deliverAccessLogs(sqsEvent(message), io))).toEqual([]);
    const [key, ...others] = bucket.keys("access-logs/unreadable/");
    expect(others).toEqual([]);
    expect(JSON.parse(bucket.objects.get(key!)!.toString()).reason).toContain(reason);
  });

  it("overwrites the quarantine of the same message, and of no other one", async () => {
    const { bucket, io } = prepareAccessLogs();
    for (const event of [sqsEvent("{}"), sqsEvent("{}"), sqsEvent("[]")]) await deliverAccessLogs(event, io);
    expect(bucket.keys()).toHaveLength(2);
  });

  it("returns the message of an object that cannot be read now, and no other one", async () => {
    const { engine, bucket, io, lines, put } = prepareAccessLogs();
    const messages = [put("a", [], denied()), put("b", texts(2)), put("c", [], unreadable("Parquet"))];
    expect(failuresOf(await deliverAccessLogs(sqsEvent(...messages), io))).toEqual(["m-0"]);
    expect(engine.ids()).toEqual(["0", "1"]);
    expect(bucket.keys()).toHaveLength(1);
    expect(lines[0]).toMatchObject({ UnprocessedMessages: 1, errorCode: "ACCESS_DENIED" });
    expect(lines[0]!.warnings?.join()).toContain("s3://my-logs/a, from line 0 on");
  });

  it("returns the only message of an object that cannot be read, without an error of the function", async () => {
    const { io, put } = prepareAccessLogs();
    expect(failuresOf(await deliverAccessLogs(sqsEvent(put("a", [], denied())), io))).toEqual(["m-0"]);
  });

  it("fails when the engine takes nothing, so that Lambda slows down", async () => {
    const { engine, io, lines, put } = prepareAccessLogs();
    engine.answers.push(...Array(20).fill({ status: 403, body: "" }));
    const event = sqsEvent(put("a", texts(2)), put("b", texts(2)));
    await expect(deliverAccessLogs(event, io)).rejects.toMatchObject({ name: "DeliveryError", code: "ACCESS_DENIED" });
    expect(lines[0]).toMatchObject({ UnprocessedMessages: 2, errorCode: "ACCESS_DENIED" });
  });

  it("ignores and counts what is no log, and says which object has no source", async () => {
    const { engine, bucket, objects, io, lines } = prepareAccessLogs({ sources: [{ prefix: "AWSLogs/" }] });
    const object = (key: string, size = 7) => ({ object: { bucket: SOURCE_BUCKET, key, etag: "e", size } });
    const event = sqsEvent(
      object("AWSLogs/111111111111/ELBAccessLogTestFile"),
      object("AWSLogs/111111111111/CloudTrail-Digest/eu-west-1/2026/11/27/x.json.gz"),
      object("AWSLogs/empty", 0),
      object("another/key"),
      { object: { bucket: "another-bucket", key: "AWSLogs/x", etag: "e" } },
      '{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"my-logs"}',
    );
    expect(failuresOf(await deliverAccessLogs(event, io))).toEqual([]);
    expect([engine.requests, bucket.keys(), objects.opened]).toEqual([[], [], []]);
    expect(lines[0]).toMatchObject({ IgnoredObjects: 5, Messages: 6 });
    expect(lines[0]!.warnings).toEqual([
      expect.stringContaining("s3://my-logs/another/key"),
      expect.stringContaining("s3://another-bucket/AWSLogs/x"),
    ]);
  });

  it("puts the rest on the queue near the deadline, and then acknowledges the message", async () => {
    const { engine, queue, objects, clock, io, lines, put } = prepareAccessLogs();
    objects.before = () => {
      clock.nowMs += 10_000;
    };
    const message = put("a", texts(100));
    expect(failuresOf(await deliverAccessLogs(sqsEvent(message), io))).toEqual([]);
    const delivered = engine.ids().length;
    expect(delivered).toBeGreaterThan(0);
    expect(queue.bodies.map(parseObjectMessage)).toEqual([
      { kind: "objects", objects: [{ ...message, position: positionAt(delivered) }], others: 0, unreadable: [] },
    ]);
    expect(lines[0]).toMatchObject({ Continuations: 1, Objects: 0, UnprocessedMessages: 0 });
    objects.before = () => {};
    clock.nowMs = 0;
    await deliverAccessLogs(sqsEvent(queue.bodies[0]!), io);
    expect(objects.opened).toEqual([
      ["a", 0],
      ["a", delivered],
    ]);
    expect(engine.ids()).toEqual(numbers(100));
    expect(lines[1]).toMatchObject({ Objects: 1, Lines: 100 - delivered, AlreadyIndexedEvents: 0 });
  });

  it("returns the message if no line was settled since the place where it began, and says so", async () => {
    const { queue, objects, clock, io, lines, put } = prepareAccessLogs();
    objects.before = () => {
      clock.nowMs += 50_000;
    };
    const message = { ...put("a", texts(100)), position: positionAt(30) };
    expect(failuresOf(await deliverAccessLogs(sqsEvent(message), io))).toEqual(["m-0"]);
    expect(queue.bodies).toEqual([]);
    expect(lines[0]!.warnings).toEqual([
      "Not finished: s3://my-logs/a, from line 30 on: no line was settled before the deadline",
    ]);
  });

  it("returns the message if the queue does not take the rest", async () => {
    const { queue, objects, clock, io, put } = prepareAccessLogs();
    objects.before = () => {
      clock.nowMs += 10_000;
    };
    queue.answers.push(...Array(50).fill({ status: 503, body: "" }));
    const event = sqsEvent(put("a", texts(100)), "{}");
    expect(failuresOf(await deliverAccessLogs(event, io))).toEqual(["m-0"]);
  });

  it("puts back a message whose turn did not come, as it had failed in nothing", async () => {
    const { queue, objects, clock, io, put } = prepareAccessLogs();
    objects.before = () => {
      clock.nowMs = 46_000;
    };
    const messages = ["a", "b", "c", "d"].map((key) => put(key, texts(9)));
    const failed = failuresOf(await deliverAccessLogs(sqsEvent(...messages), io));
    expect(failed).not.toContain("m-3");
    expect(queue.bodies.map(parseObjectMessage)).toContainEqual({
      kind: "objects",
      objects: [messages[3]],
      others: 0,
      unreadable: [],
    });
  });

  it("acknowledges a message of several objects only if none is left, or the rest is on the queue", async () => {
    const { engine, queue, io, put } = prepareAccessLogs();
    const objects = [put("a", texts(2)).object, put("b", [], denied()).object, put("c", texts(1)).object];
    const records = objects.map(({ bucket, key, etag }) => ({
      ...{ eventName: "ObjectCreated:Put", eventSource: "aws:s3" },
      s3: { bucket: { name: bucket }, object: { key, eTag: etag } },
    }));
    const body = JSON.stringify({ Records: records });
    expect(failuresOf(await deliverAccessLogs(sqsEvent(body), io))).toEqual([]);
    expect(engine.ids()).toEqual(["0", "1", "0"]);
    expect(queue.bodies.map(parseObjectMessage)).toEqual([
      { kind: "objects", objects: [{ object: objects[1] }], others: 0, unreadable: [] },
    ]);
  });

  it("applies rules: what is dropped is no document, a sample is one of ids, and a redacted line keeps its time", async () => {
    const rules = new RuleSet([
      { action: "drop", condition: { field: "event.sequence", values: ["1"] }, rate: 0 },
      { action: "drop", condition: { field: "aws.s3.object.key", values: ["dropped"] }, rate: 0 },
      { action: "redact", what: ["ipv4"] },
    ]);
    const { engine, io, lines, put } = prepareAccessLogs({
      rules,
      sources: [{ format: "vpc_flow", parserFields: "srcaddr dstaddr version end" }],
    });
    const flow = "10.0.0.1 10.0.0.2 5 1764212400";
    await deliverAccessLogs(sqsEvent(put("a", [flow, flow, "x"]), put("dropped", [flow])), io);
    expect(engine.ids().sort()).toEqual(["0", "2"]);
    const [redacted] = [...engine.documents].filter(([key]) => key.includes("2025.11.27"));
    expect(redacted![1]).toMatchObject({
      "@timestamp": "2025-11-27T03:00:00.000Z",
      event: { sequence: 0, dataset: "aws.vpc_flow" },
    });
    expect(JSON.stringify(redacted![1])).not.toContain("10.0.0");
    expect(lines[0]).toMatchObject({ DroppedEvents: 2, Lines: 4, Events: 2, Objects: 2 });
  });

  it("names the quarantine's hour by the message, not by the clock", async () => {
    const { bucket, io } = prepareAccessLogs();
    await deliverAccessLogs(sqsEvent("{}"), { ...io, now: () => SENT + 86_400_000 });
    expect(bucket.keys()[0]).toMatch(/\/2026\/11\/27\/04\//);
  });
});
