import { deflateSync, gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { decodeInflated } from "../../../../core/sources/kinesis/decode";
import { inflateRecord } from "../../../../core/sources/kinesis/gunzip";
import { CONTROL_MESSAGE, envelope, logEvent } from "../../../support/kinesis";

const MAX_BYTES = 1024 * 1024;
function decode(data: Buffer, maxBytes = MAX_BYTES) {
  const inflated = inflateRecord(data, maxBytes);
  return inflated.kind === "undecodable" ? inflated : decodeInflated(inflated, maxBytes);
}
const decodeText = (text: string) => decode(gzipSync(text));
const decodeJson = (value: unknown) => decodeText(JSON.stringify(value));

/** The archived line of what could be decoded. */
function lineOf(decoded: ReturnType<typeof decode>): string {
  if (decoded.kind !== "envelope") throw new Error(`expected an envelope, got ${JSON.stringify(decoded)}`);
  return gunzipSync(decoded.member).toString();
}

const ENVELOPE = envelope([logEvent(1), logEvent(2, "zwei\n\u2028\ud83d\ude00")]);

describe("decodeInflated", () => {
  it("reads an envelope, and keeps its bytes for the archive", () => {
    const data = gzipSync(JSON.stringify(ENVELOPE));
    expect(decode(data)).toEqual({ kind: "envelope", envelope: ENVELOPE, bytes: expect.anything(), member: data });
  });

  it("reads any text in any field", () => {
    const text = fc.string({ unit: "binary", maxLength: 300 });
    fc.assert(
      fc.property(text, text, text, fc.integer(), (message, logGroup, id, timestamp) => {
        const given = envelope([{ id, timestamp, message }], { logGroup });
        const decoded = decodeJson(given);
        expect(decoded).toMatchObject({ kind: "envelope", envelope: given });
        expect(JSON.parse(lineOf(decoded))).toEqual(given);
      }),
    );
  });

  it("reads lone surrogates as they are written, by escapes", () => {
    expect(decodeText(JSON.stringify(envelope([logEvent(1, "\ud800 \udfff")])))).toMatchObject({
      envelope: { logEvents: [{ message: "\ud800 \udfff" }] },
    });
  });

  it("ignores unknown fields, at any depth", () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const text = JSON.stringify(ENVELOPE).replace("{", `{"policyLevel":"ACCOUNT_LEVEL_POLICY","deep":${deep},`);
    expect(decodeText(text).kind).toBe("envelope");
  });

  it("reads an envelope without events", () => {
    expect(decodeJson(envelope([]))).toMatchObject({ kind: "envelope", envelope: { logEvents: [] } });
  });

  it.each(["Kinesis stream.", "Firehose."])("recognizes the control message for a %s", (destination) => {
    const text = JSON.stringify(CONTROL_MESSAGE).replace("Kinesis stream.", destination);
    expect(decodeText(text)).toEqual({ kind: "control" });
  });

  it("reads an envelope whose events have ids and times of any type", () => {
    const events = [{ id: 7, timestamp: "1795230000000", message: "a" }, { message: "b" }];
    expect(decodeJson({ ...ENVELOPE, logEvents: events })).toMatchObject({ envelope: { logEvents: events } });
  });

  it("reads several gzip members as one text, and archives them all", () => {
    const text = JSON.stringify(ENVELOPE);
    const data = Buffer.concat([gzipSync(text.slice(0, 40)), gzipSync(""), gzipSync(text.slice(40))]);
    expect(decode(data)).toEqual({ kind: "envelope", envelope: ENVELOPE, bytes: expect.anything(), member: data });
  });

  it("leaves padding after the gzip out of the archive, where it would end the concatenation", () => {
    const data = gzipSync(JSON.stringify(ENVELOPE));
    const decoded = decode(Buffer.concat([data, Buffer.alloc(512)]));
    expect(gunzipSync(Buffer.concat([(decoded as { member: Buffer }).member, gzipSync("\nnext")])).toString()).toBe(
      `${JSON.stringify(ENVELOPE)}\nnext`,
    );
  });

  it("dead-letters bytes after padding: gzip ends there", () => {
    const member = gzipSync(JSON.stringify(ENVELOPE));
    for (const trailing of [
      Buffer.concat([Buffer.alloc(1), member]),
      Buffer.concat([Buffer.alloc(512), Buffer.from("x")]),
    ]) {
      expect(decode(Buffer.concat([member, trailing]))).toEqual({
        kind: "undecodable",
        reason: "no gzip: bytes follow its last member",
      });
    }
  });

  it("keeps the bytes of an envelope that it has to rewrite, where they are not UTF-8", () => {
    const bytes = Buffer.from(JSON.stringify(envelope([logEvent(1, "caf\u00e9")]), null, 1), "latin1");
    const line = JSON.parse(lineOf(decode(gzipSync(bytes))));
    expect(Buffer.from(line.record, "base64")).toEqual(bytes);
    expect(line.logEvents[0].message).toBe("caf\ufffd");
  });

  it.each(["\n", "\r\n", "\r"])("archives an envelope with %j between its tokens as one line", (lineBreak) => {
    const decoded = decodeText(JSON.stringify(ENVELOPE, null, 1).replaceAll("\n", lineBreak));
    expect(decoded).toMatchObject({ kind: "envelope", envelope: ENVELOPE });
    expect(lineOf(decoded)).not.toMatch(/[\r\n]/);
    expect(JSON.parse(lineOf(decoded))).toEqual(ENVELOPE);
  });

  it("reads bytes that are no UTF-8 as U+FFFD, and archives them as they are", () => {
    const data = gzipSync(Buffer.from(JSON.stringify(envelope([logEvent(1, "caf\u00e9")])), "latin1"));
    expect(decode(data)).toMatchObject({ member: data, envelope: { logEvents: [{ message: "caf\ufffd" }] } });
  });
});

describe("decodeInflated, an application's record", () => {
  it.each([
    ["text", "ilikecats\nim an awesome log file\n"],
    ["JSON", '{"level":"info"}'],
    ["JSON lines", '{"level":"info"}\n{"level":"warn"}'],
    ["JSON with another messageType", '{"message":"hi","messageType":"greeting"}'],
    ["JSON that begins with another messageType", '{"messageType":"order.created","id":7}'],
    ["JSON lines that begin with one", '{"messageType":"a"}\n{"messageType":"b"}'],
    ["words like an envelope's", 'the "messageType" of "logEvents"'],
    ["JSON lines of which one is DATA_MESSAGE and no more", '{"messageType":"DATA_MESSAGE"}\n{"level":"warn"}'],
    ["lines that begin as an envelope does", '{"messageType":"DATA_MESSAGE","owner":\n{"level":"warn"}'],
    ["JSON that is cut off", JSON.stringify(ENVELOPE).slice(0, -2)],
    ["JSON of CONTROL_MESSAGE", '{"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs"}'],
    ["a line with control characters beside one without", "\0\x01\ufffd\nilikecats"],
    ["colours and tabs", "\u001b[31mred\u001b[0m\tdone"],
    ["nothing", ""],
  ])("reads %s, gzipped or not", (_, text) => {
    const bytes = Buffer.from(text);
    expect(decode(bytes)).toEqual({ kind: "application", text, bytes });
    expect(decode(gzipSync(text))).toEqual({ kind: "application", text, bytes });
  });

  it("reads an envelope that is not gzipped, or written with its keys in another order", () => {
    const { messageType, ...rest } = ENVELOPE;
    const text = JSON.stringify({ ...rest, messageType });
    const decoded = decode(Buffer.from(text));
    expect(decoded).toMatchObject({ kind: "envelope", envelope: ENVELOPE });
    expect(lineOf(decoded)).toBe(text);
  });
});

describe("decodeInflated, beyond its limits", () => {
  const decodeAll = (text: string) => decode(gzipSync(text), 64 * 1024 * 1024);

  it.each([
    ["lines", "a\n".repeat(100_001)],
    ["lines that end in CR", "a\r".repeat(100_001)],
    ["an envelope", JSON.stringify(envelope(Array(100_001).fill({ id: "", timestamp: 1, message: "" })))],
  ])("dead-letters more than 100,000 events: each takes memory, even if empty (%s)", (_, text) => {
    expect(decodeAll(text)).toEqual({ kind: "undecodable", reason: "holds more than 100000 events" });
  });

  it("reads 100,000 events", () => {
    expect(decodeAll("a\r\n".repeat(100_000))).toMatchObject({ kind: "application" });
    const events = Array(100_000).fill({ id: "", timestamp: 1, message: "" });
    expect(decodeAll(JSON.stringify(envelope(events)))).toMatchObject({ kind: "envelope" });
  });

  it("takes an envelope of a million values for text: parsed, they take forty times the memory of the text", () => {
    const text = JSON.stringify(ENVELOPE).replace("{", `{"x":[${"[],".repeat(600_000)}1],`);
    expect(decodeAll(text)).toMatchObject({ kind: "application", text });
  });
});

describe("decodeInflated, what resembles CloudWatch Logs' records", () => {
  const event = logEvent(1);
  const [probe] = CONTROL_MESSAGE.logEvents;

  it.each([
    ["another messageType", { ...ENVELOPE, messageType: "NEWS" }],
    ["a numeric owner", { ...ENVELOPE, owner: 1 }],
    ["no log group", { ...ENVELOPE, logGroup: undefined }],
    ["a long log group", { ...ENVELOPE, logGroup: "x".repeat(513) }],
    ["a null log stream", { ...ENVELOPE, logStream: null }],
    ["no events", { ...ENVELOPE, logEvents: undefined }],
    ["events as object", { ...ENVELOPE, logEvents: {} }],
    ["a null event", { ...ENVELOPE, logEvents: [event, null] }],
    ["an event without a message", { ...ENVELOPE, logEvents: [{ ...event, message: {} }] }],
    ["a control message with another owner", { ...CONTROL_MESSAGE, owner: "111111111111" }],
    ["a control message with a further member", { ...CONTROL_MESSAGE, note: "x" }],
    ["a control message with a filter", { ...CONTROL_MESSAGE, subscriptionFilters: ["x"] }],
    ["a control message without filters", { ...CONTROL_MESSAGE, subscriptionFilters: undefined }],
    ["a control message without events", { ...CONTROL_MESSAGE, logEvents: [] }],
    ["a control message with two events", { ...CONTROL_MESSAGE, logEvents: [probe, probe] }],
    ["a control message with an id", { ...CONTROL_MESSAGE, logEvents: [{ ...probe, id: "1" }] }],
    ["a control message with a time of text", { ...CONTROL_MESSAGE, logEvents: [{ ...probe, timestamp: "x" }] }],
    ["a control message with another text", { ...CONTROL_MESSAGE, logEvents: [{ ...probe, message: "CWL x" }] }],
    [
      "a control message with a longer text",
      { ...CONTROL_MESSAGE, logEvents: [{ ...probe, message: `${probe!.message} And more` }] },
    ],
  ])("leaves %s to the application that wrote it", (_, value) => {
    const text = JSON.stringify(value);
    expect(decodeJson(value)).toEqual({ kind: "application", text, bytes: Buffer.from(text) });
  });

  it.each([
    ["that is not gzipped", Buffer.from(JSON.stringify(CONTROL_MESSAGE))],
    ["with white space", gzipSync(JSON.stringify(CONTROL_MESSAGE, null, 1))],
    ["with a repeated member", gzipSync(JSON.stringify(CONTROL_MESSAGE).replace("{", '{"owner":"mine",'))],
  ])("leaves a control message %s to the application that wrote it", (_, data) => {
    expect(decode(data)).toMatchObject({ kind: "application" });
  });
});

describe("decodeInflated, undecodable records", () => {
  const whole = gzipSync(JSON.stringify(ENVELOPE));
  const flipped = Buffer.from(whole);
  flipped[20]! ^= 0xff;

  it.each([
    ["zlib", deflateSync(JSON.stringify(ENVELOPE)), /^neither gzip nor text$/],
    ["a truncated gzip", whole.subarray(0, -9), /^no gzip: /],
    ["a corrupted gzip", flipped, /^no gzip: /],
    ["binary data with short lines", Buffer.from("\0\x01\nabc\n\x02"), /^neither gzip nor text$/],
    [
      "a bomb",
      gzipSync(Buffer.alloc(64 * MAX_BYTES)),
      /^inflates to more than 1048576 bytes; write smaller records, or raise RECORD_MAX_BYTES together with/,
    ],
  ])("explains why %s is undecodable", (_, data, reason) => {
    expect(decode(data)).toEqual({ kind: "undecodable", reason: expect.stringMatching(reason) });
  });

  it("throws for no bytes, and gives a reason that an HTTP header can hold", () => {
    const start = fc.constantFrom(Buffer.alloc(0), Buffer.from([0x1f, 0x8b, 8, 0]), whole.subarray(0, 60));
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 200 }), (head, tail) => {
        const decoded = decode(Buffer.concat([head, tail]));
        if (decoded.kind === "undecodable") expect(decoded.reason).toMatch(/^[\x20-\x7e]+$/);
      }),
    );
  });
});
