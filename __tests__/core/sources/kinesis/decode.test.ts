import { deflateSync, gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { parseEnvelope } from "../../../../core/events/envelope";
import { type ApplicationRecord, type Decoded, decodeInflated } from "../../../../core/sources/kinesis/decode";
import { inflateRecord } from "../../../../core/sources/kinesis/gunzip";
import { envelope, logEvent } from "../../../support/kinesis";

const MAX_BYTES = 1024 * 1024;
function decode(data: Buffer, maxBytes = MAX_BYTES): Decoded | ApplicationRecord {
  const inflated = inflateRecord(data, maxBytes);
  return inflated.kind === "undecodable" ? inflated : decodeInflated(inflated);
}
const decodeText = (text: string) => decode(gzipSync(text));
const decodeJson = (value: unknown) => decodeText(JSON.stringify(value));

/** The archived line of what could be decoded. */
function lineOf(decoded: Decoded | ApplicationRecord): string {
  if (decoded.kind !== "events") throw new Error(`expected events, got ${JSON.stringify(decoded)}`);
  return gunzipSync(decoded.member).toString();
}

const ENVELOPE = envelope([logEvent(1), logEvent(2, "zwei\n\u2028\ud83d\ude00")]);

describe("decodeInflated", () => {
  it("reads an envelope, and keeps its bytes for the archive", () => {
    const data = gzipSync(JSON.stringify(ENVELOPE));
    expect(decode(data)).toEqual({ kind: "events", envelope: ENVELOPE, member: data });
  });

  it("reads any text in any field", () => {
    const text = fc.string({ unit: "binary", maxLength: 300 });
    fc.assert(
      fc.property(text, text, text, fc.integer(), (message, logGroup, id, timestamp) => {
        const given = envelope([{ id, timestamp, message }], { logGroup });
        const decoded = decodeJson(given);
        expect(decoded).toMatchObject({ kind: "events", envelope: given });
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
    expect(decodeText(text).kind).toBe("events");
  });

  it("reads an envelope without events", () => {
    expect(decodeJson(envelope([]))).toMatchObject({ kind: "events", envelope: { logEvents: [] } });
  });

  it("recognizes a control message", () => {
    expect(decodeJson({ messageType: "CONTROL_MESSAGE", owner: "CloudwatchLogs" })).toEqual({ kind: "control" });
  });

  it("reads several gzip members as one text, and archives them all", () => {
    const text = JSON.stringify(ENVELOPE);
    const data = Buffer.concat([gzipSync(text.slice(0, 40)), gzipSync(""), gzipSync(text.slice(40))]);
    expect(decode(data)).toEqual({ kind: "events", envelope: ENVELOPE, member: data });
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
    expect(decoded).toMatchObject({ kind: "events", envelope: ENVELOPE });
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
    expect(decoded).toMatchObject({ kind: "events", envelope: ENVELOPE });
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
    expect(decodeAll(JSON.stringify(envelope(events)))).toMatchObject({ kind: "events" });
  });

  it("dead-letters an envelope of a million values: parsed, they take forty times the memory of the text", () => {
    const text = JSON.stringify(ENVELOPE).replace("{", `{"x":[${"[],".repeat(600_000)}1],`);
    expect(decodeAll(text.replace('{"x"', '{"messageType":"DATA_MESSAGE","x"'))).toEqual({
      kind: "undecodable",
      reason: "holds more values than memory has room for",
    });
  });
});

describe("decodeInflated, undecodable records", () => {
  const whole = gzipSync(JSON.stringify(ENVELOPE));
  const flipped = Buffer.from(whole);
  flipped[20]! ^= 0xff;

  it.each([
    ["zlib", deflateSync(JSON.stringify(ENVELOPE)), /^neither gzip nor text$/],
    ["an aggregated record", Buffer.from([0xf3, 0x89, 0x9a, 0xc2, 10, 1, 97]), /Kinesis Producer Library/],
    ["a truncated gzip", whole.subarray(0, -9), /^no gzip: /],
    ["a corrupted gzip", flipped, /^no gzip: /],
    ["truncated JSON", gzipSync(JSON.stringify(ENVELOPE).slice(0, -2)), /^inflates to something that is not JSON$/],
    ["two envelopes", gzipSync(JSON.stringify(ENVELOPE).repeat(2)), /^inflates to something that is not JSON$/],
    ["a bomb", gzipSync(Buffer.alloc(64 * MAX_BYTES)), /^inflates to more than 1048576 bytes$/],
  ])("explains why %s is undecodable", (_, data, reason) => {
    expect(decode(data)).toEqual({ kind: "undecodable", reason: expect.stringMatching(reason) });
  });

  const NEITHER = "messageType is neither DATA_MESSAGE nor CONTROL_MESSAGE";
  it.each([
    ["an array", [], "not an object"],
    ["null", null, "not an object"],
    ["a string", "x", "not an object"],
    ["no messageType", { ...ENVELOPE, messageType: undefined }, NEITHER],
  ])("says what is wrong with %s as a line of the archive", (_, value, problem) => {
    const reason = `no CloudWatch Logs envelope: ${problem}`;
    expect(parseEnvelope(JSON.stringify(value))).toEqual({ kind: "undecodable", reason });
  });

  const event = logEvent(1);
  it.each([
    ["another messageType", { ...ENVELOPE, messageType: "NEWS" }, NEITHER],
    ["a numeric owner", { ...ENVELOPE, owner: 1 }, "owner is not a string"],
    ["no log group", { ...ENVELOPE, logGroup: undefined }, "logGroup is not a string"],
    ["a long log group", { ...ENVELOPE, logGroup: "x".repeat(513) }, "logGroup is longer than 512 characters"],
    ["a null log stream", { ...ENVELOPE, logStream: null }, "logStream is not a string"],
    ["no events", { ...ENVELOPE, logEvents: undefined }, "logEvents is not an array"],
    ["events as object", { ...ENVELOPE, logEvents: {} }, "logEvents is not an array"],
    [
      "a null event",
      { ...ENVELOPE, logEvents: [event, null] },
      "logEvents[1] has no string id, number timestamp or string message",
    ],
    ["no id", { ...ENVELOPE, logEvents: [{ ...event, id: 1 }] }, "logEvents[0] has no"],
    ["no timestamp", { ...ENVELOPE, logEvents: [{ ...event, timestamp: "1" }] }, "logEvents[0] has no"],
    ["no message", { ...ENVELOPE, logEvents: [{ ...event, message: {} }] }, "logEvents[0] has no"],
  ])("says what is wrong with %s", (_, value, problem) => {
    expect(decodeJson(value)).toEqual({
      kind: "undecodable",
      reason: expect.stringContaining(`no CloudWatch Logs envelope: ${problem}`),
    });
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
