import { createHash } from "node:crypto";
import zlib, { deflateSync, gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import type { DecodedEnvelope } from "../../../../core/sources/kinesis/decode";
import { decodeRecord } from "../../../../core/sources/kinesis/decode-record";
import { kinesisRecord } from "../../../../core/sources/kinesis/record";
import type { RecordPart } from "../../../../core/sources/kinesis/record-part";
import { aggregated } from "../../../../soak/traffic/aggregated";
import { anyText } from "../../../support/json-texts";
import { CONTROL_MESSAGE, envelope, kinesisStreamRecord, logEvent } from "../../../support/kinesis";
import { WRAPPERS, wrap, wrappers } from "../../../support/wrapped";

const MIB = 1024 * 1024;
const place = kinesisRecord(kinesisStreamRecord(0, Buffer.alloc(0)));

function decode(data: Buffer | string, recordMaxBytes = MIB): RecordPart[] {
  return decodeRecord({ ...place, data: Buffer.from(data) }, { recordMaxBytes, timeField: "" });
}

const isEnvelope = (part: RecordPart): part is DecodedEnvelope => part.kind === "events";
const envelopes = (parts: RecordPart[]) => parts.filter(isEnvelope).map((part) => part.envelope);
const messages = (parts: RecordPart[]) =>
  envelopes(parts).flatMap((one) => one.logEvents.map(({ message }) => message));
const ids = (parts: RecordPart[]) => envelopes(parts).flatMap((one) => one.logEvents.map(({ id }) => id));
const reasons = (parts: RecordPart[]) => parts.map((part) => (part.kind === "undecodable" ? part.reason : part.kind));
/** What the archive keeps. */
const lines = (parts: RecordPart[]) =>
  parts.filter(isEnvelope).map(({ member }) => JSON.parse(gunzipSync(member).toString()));

const ONE = envelope([logEvent(1), logEvent(2, "zwei")]);
const OTHER = envelope([logEvent(3)], { logGroup: "bar" });
const text = (...some: unknown[]) => some.map((one) => JSON.stringify(one)).join("\n");

/** Written by aws-kinesis-agg 4.2.8: "first line" and "third" of key a, which has a hash key, and an object of key b. */
const BY_AWSLABS =
  "84mawgoBYQoBYhICMTIaEAgAEAAaCmZpcnN0IGxpbmUaFAgBGhB7ImxldmVsIjoid2FybiJ9GgkIABoFdGhpcmSNkZHEXA+B+MUPz7cmbhro";

describe("decodeRecord", () => {
  it("finds an envelope in up to four wrappers, in any order", () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 3 }), wrappers(4), (texts, names) => {
        const given = envelope(texts.map((message, n) => logEvent(n, message)));
        const parts = decode(wrap(Buffer.from(text(given)), names));
        expect(parts).toEqual([{ kind: "events", envelope: given, member: expect.anything() }]);
        expect(lines(parts)).toEqual([given]);
      }),
    );
  });

  it("finds an application's lines in compression, alone or within any other wrapper", () => {
    const compressed = fc.constantFrom("gzip", "zlib", "aggregate" as const);
    const line = fc.stringMatching(/^[ -~]{1,40} [a-z]$/).filter((one) => one.trim() !== "");
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), compressed, wrappers(3), (given, inner, names) => {
        expect(messages(decode(wrap(Buffer.from(given.join("\n")), [inner, ...names])))).toEqual(given);
      }),
    );
  });

  it("throws for no bytes in no wrapper", () => {
    const bytes = fc.uint8Array({ maxLength: 60 }).map((some) => Buffer.from(some));
    const cut = fc.tuple(wrappers(4), fc.nat(), fc.nat(255)).map(([names, at, byte]) => {
      const whole = wrap(Buffer.from(text(ONE)), names);
      whole[at % whole.length] = byte;
      return whole;
    });
    fc.assert(
      fc.property(fc.oneof(bytes, cut), wrappers(3), (data, names) => {
        for (const reason of reasons(decode(wrap(data, names)))) expect(reason).toMatch(/^[\x20-\x7e]+$/);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps a gzip member within a wrapper as it is for the archive", () => {
    const member = gzipSync(text(ONE), { level: 1 });
    for (const wrapper of Object.values(WRAPPERS)) {
      expect(decode(wrapper(member))).toMatchObject([{ kind: "events", member }]);
    }
  });

  it("dead-letters what is wrapped more often", () => {
    const data = wrap(Buffer.from(text(ONE)), ["gzip", "zlib", "gzip", "zlib", "gzip"]);
    expect(reasons(decode(data))).toEqual(["wrapped more than 4 times"]);
    expect(decode(data)).toMatchObject([{ record: { data, sequenceNumber: place.sequenceNumber } }]);
  });

  it("drops a control message that a relay has wrapped", () => {
    const data = wrap(Buffer.from(JSON.stringify(CONTROL_MESSAGE)), ["gzip", "base64"]);
    expect(decode(data)).toEqual([{ kind: "control" }]);
  });
});

describe("decodeRecord, texts that only look wrapped", () => {
  const BASE64 = WRAPPERS.base64(gzipSync(text(ONE))).toString();

  it.each([
    ["a word of base64's alphabet", "ilikecats"],
    ["base64 of a text", Buffer.from("a password").toString("base64")],
    ["base64 of a JSON object", Buffer.from('{"level":"info"}').toString("base64")],
    ["base64 of gzip that is cut off", BASE64.slice(0, 40)],
    ["base64 within a line", `payload ${BASE64}`],
    ["base64 within a JSON string", JSON.stringify(BASE64)],
    ["base64 in a field", JSON.stringify({ data: BASE64 })],
    ["Lambda's event with a further field", JSON.stringify({ awslogs: { data: BASE64 }, x: 1 })],
    ["Lambda's event with a further field within", JSON.stringify({ awslogs: { data: BASE64, x: 1 } })],
    [
      "Lambda's event with a member twice",
      `{"awslogs":"a text",${WRAPPERS["Lambda's event"](gzipSync("x")).subarray(1)}`,
    ],
    ["Lambda's event with data twice", `{"awslogs":{"data":"a text","data":"${BASE64}"}}`],
    ["base64 after a space", ` ${BASE64}`],
    ["base64 with letters that encode no byte", `${BASE64.replace(/=*$/, "")}A`],
    ["base64 of gzip and padding", Buffer.concat([gzipSync(text(ONE)), Buffer.alloc(3)]).toString("base64")],
    ["Lambda's event of no base64", JSON.stringify({ awslogs: { data: "not base64!" } })],
    ["Lambda's event of a text", JSON.stringify({ awslogs: { data: "aGVsbG8=" } })],
    ["Lambda's event of a number", JSON.stringify({ awslogs: { data: 1 } })],
    ["a text that begins as zlib does", "x^2 + y^2 = z^2"],
    ["a text that begins as zlib of another window does", "HG Wells"],
  ])("leaves %s to the application", (_, given) => {
    expect(messages(decode(given))).toEqual([given]);
  });

  it("never takes lines beside each other for one base64 text, so that none is hidden or forged", () => {
    const encoded = fc.constantFrom("x", text(ONE)).map((inner) => gzipSync(inner).toString("base64"));
    const line = fc.stringMatching(/^[A-Za-z0-9+/_-]{1,12}={0,2}$/);
    const lineBreak = fc.constantFrom("\n", "\r\n", "\r");
    fc.assert(
      fc.property(encoded, fc.nat(), fc.array(line, { maxLength: 3 }), lineBreak, (base64, at, between, end) => {
        const cut = 1 + (at % (base64.length - 1));
        for (const given of [
          [base64.slice(0, cut), ...between, base64.slice(cut)],
          [base64, "AAAA", ...between],
          ["AAAA", ...between, base64],
        ]) {
          expect(messages(decode(given.join(end)))).toEqual(given);
        }
      }),
    );
  });

  it("never lets a comment in gzip's header hide the lines between its parts", () => {
    const [start, end] = [gzipSync("x").subarray(4, 10), gzipSync("x").subarray(10)];
    const head = Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0x10]), start, Buffer.from("cc")]);
    const tail = Buffer.concat([Buffer.alloc(1), end]);
    const given = [head.toString("base64"), "payment-failed_user4", "login/denied", tail.toString("base64")];
    expect(messages(decode(given.join("\n")))).toEqual(given);
  });

  it("leaves every message of a log line as it is, whatever it would be as a record", () => {
    const wrapped = [WRAPPERS.base64, WRAPPERS["Lambda's event"]].map((one) => one(gzipSync(text(ONE))).toString());
    const given = [...wrapped, text(ONE), "x"];
    expect(messages(decode(given.join("\n")))).toEqual(given);
    const inEvents = envelope(given.map((message, n) => logEvent(n, message)));
    expect(envelopes(decode(gzipSync(text(inEvents))))).toEqual([inEvents]);
  });
});

describe("decodeRecord, several envelopes", () => {
  it.each([
    ["gzip members one after another", Buffer.concat([gzipSync(text(ONE)), gzipSync(text(OTHER))])],
    ["one in each line", Buffer.from(`${text(ONE, OTHER)}\n`)],
    ["one after another without a space", gzipSync(text(ONE) + text(OTHER))],
    ["over several lines", gzipSync(`${JSON.stringify(ONE, null, 2)}\r\n${JSON.stringify(OTHER, null, 2)}`)],
    ["with a control message between them", gzipSync(text(ONE, CONTROL_MESSAGE, OTHER))],
  ])("reads them: %s", (_, data) => {
    const parts = decode(data);
    expect(envelopes(parts)).toEqual([ONE, OTHER]);
    expect(lines(parts)).toEqual([ONE, OTHER]);
  });

  it("gives events without an id their position among all events of the record", () => {
    const nameless = (...some: string[]) => envelope(some.map((message) => ({ ...logEvent(0, message), id: "" })));
    const id = (position: number) => `${place.shardId}:${place.sequenceNumber}:${position}`;
    expect(ids(decode(text(nameless("a", "b"), nameless(), nameless("c"))))).toEqual([id(0), id(1), id(2)]);
  });

  it("keeps the bytes of each that is not UTF-8", () => {
    const invalid = Buffer.from(text(envelope([logEvent(1, "caf\u00e9")])), "latin1");
    const [first, second] = decode(Buffer.concat([invalid, Buffer.from(text(OTHER))])) as DecodedEnvelope[];
    expect(gunzipSync(first!.member)).toEqual(invalid);
    expect(gunzipSync(second!.member).toString()).toBe(text(OTHER));
  });

  it.each([
    ["another JSON object", text(ONE, { level: "info" })],
    ["a line of text", `${text(ONE)}\nhello`],
    ["an envelope that is cut off", text(ONE, OTHER).slice(0, -3)],
    ["an envelope without a log group", text(ONE, { ...OTHER, logGroup: undefined })],
    ["a control message that is not gzipped", text(ONE, CONTROL_MESSAGE)],
  ])("leaves all lines to the application if one is %s", (_, given) => {
    expect(messages(decode(given))).toEqual(given.split("\n"));
  });
});

describe("decodeRecord, aggregates of the Kinesis Producer Library", () => {
  const sub = (n: number, position = 0) => `${place.shardId}:${place.sequenceNumber}.${n}:${position}`;

  it("reads what AWS's own library wrote, and gives each line an id by its user record", () => {
    const parts = decode(Buffer.from(BY_AWSLABS, "base64"));
    expect(messages(parts)).toEqual(["first line", '{"level":"warn"}', "third"]);
    expect(ids(parts)).toEqual([sub(0), sub(1), sub(2)]);
    expect(lines(parts)).toEqual(envelopes(parts));
  });

  it("decodes each user record as a record, and archives the lines of all of them as one envelope", () => {
    const user = ["a\nb", "\n", '{\n"c":1}', gzipSync(text(ONE)), text(OTHER), gzipSync("d")].map((one) =>
      Buffer.from(one),
    );
    const parts = decode(aggregated(user));
    expect(envelopes(parts).map(({ logGroup }) => logGroup)).toEqual(["logging-pipeline_foo", "foo", "bar"]);
    expect(messages(parts.slice(0, 1))).toEqual(["a", "b", '{\n"c":1}', "d"]);
    expect(ids(parts.slice(0, 1))).toEqual([sub(0, 0), sub(0, 1), sub(2), sub(5)]);
    expect(envelopes(parts.slice(1))).toEqual([ONE, OTHER]);
    expect(lines(parts)).toEqual(envelopes(parts));
  });

  it("dead-letters a user record that cannot be decoded under a number of its own, and none of its neighbours", () => {
    const broken = [Buffer.from([0, 1, 2]), gzipSync("x").subarray(0, -3), gzipSync(Buffer.alloc(2 * MIB))];
    const parts = decode(aggregated([gzipSync(text(ONE)), ...broken, gzipSync(text(OTHER))]));
    expect(envelopes(parts)).toEqual([ONE, OTHER]);
    expect(parts.filter(({ kind }) => kind === "undecodable")).toMatchObject(
      broken.map((data, i) => ({ record: { ...place, data, sequenceNumber: `${place.sequenceNumber}.${i + 1}` } })),
    );
  });

  it("gives the events of a dead-lettered user record the ids that they have in the aggregate", () => {
    const data = Buffer.from("a\nb");
    const inAggregate = decode(aggregated([Buffer.from("x"), data]));
    const alone = { ...place, data, sequenceNumber: `${place.sequenceNumber}.1` };
    expect(ids(decodeRecord(alone, { recordMaxBytes: MIB, timeField: "" }))).toEqual(ids(inAggregate).slice(1));
  });

  it("keeps the bytes of each user record that is not UTF-8", () => {
    const latin1 = Buffer.from("caf\u00e9", "latin1");
    const kept = lines(decode(aggregated([Buffer.from("a"), latin1, Buffer.from("b")])));
    expect(kept.map(({ record }) => record)).toEqual([undefined, latin1.toString("base64")]);
  });

  const whole = aggregated([Buffer.from("x"), Buffer.from("y")]);
  const withMd5 = (message: Buffer) =>
    Buffer.concat([whole.subarray(0, 4), message, createHash("md5").update(message).digest()]);
  it.each([
    ["a wrong checksum", Buffer.concat([whole.subarray(0, -1), Buffer.from([whole.at(-1)! ^ 1])]), /wrong MD5/],
    ["no checksum", whole.subarray(0, 12), /wrong MD5/],
    ["nothing but its magic number", whole.subarray(0, 4), /wrong MD5/],
    ["no protobuf", withMd5(Buffer.from("hello")), /^no aggregate: /],
    ["protobuf that is cut off", withMd5(whole.subarray(4, -18)), /^no aggregate: /],
    ["a user record without data", withMd5(Buffer.from([0x1a, 2, 8, 0])), /^no aggregate: .* no data/],
  ])("dead-letters an aggregate with %s whole", (_, data, reason) => {
    expect(decode(data)).toEqual([
      { kind: "undecodable", reason: expect.stringMatching(reason), record: { ...place, data } },
    ]);
  });

  it("dead-letters an aggregate without user records, so that it leaves a trace", () => {
    expect(reasons(decode(aggregated([])))).toEqual(["an aggregate without user records"]);
  });
});

/** An object of so many bytes as the JSON of a message. */
const object = (bytes: number) => `{"a":"${"x".repeat(bytes - '{\\"a\\":\\"\\"}'.length)}"}`;

/** An envelope with a message of so many bytes that are not UTF-8. */
const notUtf8 = (bytes: number): Buffer => {
  const [start, end] = text(envelope([logEvent(1, "MESSAGE")])).split("MESSAGE") as [string, string];
  return Buffer.concat([Buffer.from(start), Buffer.alloc(bytes, 0xff), Buffer.from(end)]);
};

describe("decodeRecord, beyond its limits", () => {
  const half = (fill: string) => gzipSync(Buffer.alloc(0.6 * MIB, fill));

  it("limits what all levels inflate to together", () => {
    const tooMuch = gzipSync(gzipSync(Buffer.from("x".repeat(0.6 * MIB)), { level: 0 }));
    expect(reasons(decode(tooMuch))).toEqual([
      expect.stringContaining(`inflates to more than ${MIB} bytes, with the parts before it; `),
    ]);
  });

  it("limits what all user records inflate to together, and still reads those that need not be inflated", () => {
    const parts = decode(aggregated([half("a"), half("b"), Buffer.from("c")]));
    expect(reasons(parts)).toEqual(["events", expect.stringMatching(/^inflates to more than/)]);
    expect(messages(parts).map((one) => one.slice(0, 3))).toEqual(["aaa", "c"]);
  });

  const IN_VAIN = "not inflated: too many parts before it were inflated in vain";
  /** The first byte of the checksum at its end is wrong. */
  const broken = (whole: Buffer) => whole.map((byte, i) => (i === whole.length - 4 ? byte ^ 1 : byte));

  it("inflates only 100 user records in vain, however small, and then takes what is not gzip as it is", () => {
    const futile = (n: number) => Array.from({ length: n }, (_, i) => broken((i % 2 ? gzipSync : deflateSync)("x")));
    const last = [gzipSync("gzip"), deflateSync("zlib"), Buffer.from("a text")];
    expect(messages(decode(aggregated([...futile(99), ...last])))).toEqual(["gzip", "zlib", "a text"]);
    const parts = decode(aggregated([...futile(100), ...last]));
    expect(messages(parts)).toEqual(["a text"]);
    expect(reasons(parts)).toEqual(expect.arrayContaining([IN_VAIN, "neither gzip nor text"]));
  });

  it("tries no inflation of what only begins as zlib: too short, or with a block that there is not", () => {
    const futile = Array(200).fill(Buffer.from("x\x01"));
    futile.push(...Array(200).fill(Buffer.from("x\x01\x06\0\0\0\0\0")));
    expect(messages(decode(aggregated([...futile, deflateSync("zlib"), deflateSync("")])))).toEqual(["zlib"]);
  });

  it("keeps no memory beside what small parts hold, whatever they say about their size", () => {
    const lying = Buffer.from(gzipSync("x"));
    lying.writeUInt32LE(0xfffffff0, lying.length - 4);
    const inflate = jest.spyOn(zlib, "gunzipSync");
    decode(aggregated([lying]));
    const [[data, options]] = inflate.mock.calls as [[Buffer, { chunkSize: number }]];
    inflate.mockRestore();
    expect(options.chunkSize).toBeLessThanOrEqual(1032 * data.length + 1);

    const parts = decode(gzipSync(text(ONE, OTHER).repeat(50))).filter(isEnvelope);
    expect(parts).toHaveLength(100);
    for (const { member } of parts) expect(member.buffer.byteLength).toBeLessThanOrEqual(Buffer.poolSize);
  });

  it("inflates only a few user records in vain", () => {
    const bombs = Array.from({ length: 50 }, () => gzipSync(Buffer.alloc(3 * MIB)));
    const parts = decode(aggregated([...bombs, gzipSync("small")]));
    expect(reasons(parts).at(-1)).toBe(IN_VAIN);
  });

  it.each<[string, Buffer, number]>([
    ["control characters", Buffer.alloc(0.5 * MIB, 0x1b), 3 * MIB],
    ["bytes that are not UTF-8", Buffer.alloc(0.9 * MIB, 0xff), 3 * Math.floor(0.9 * MIB)],
    ["bytes that are not UTF-8, in an envelope", notUtf8(0.9 * MIB), notUtf8(0.9 * MIB).toString("utf8").length * 3],
  ])("dead-letters a text that takes much more memory as JSON: %s", (_, bytes, size) => {
    const [reason] = reasons(decode(gzipSync(bytes)));
    const taken = Number(/^takes (\d+) bytes as JSON, more than 2097152; write smaller records, /.exec(reason!)?.[1]);
    expect(taken).toBeGreaterThan(0.98 * size);
    expect(taken).toBeLessThanOrEqual(size);
  });

  const LARGEST_EVENT = 8 * MIB;
  const large = (bytes: number, unit = "x") => Buffer.alloc(bytes, unit).toString();

  it.each<[string, string, string]>([
    ["a line", `${large(LARGEST_EVENT)}\n`, `${large(LARGEST_EVENT)}x\n`],
    ["a line of quotes", `${large(LARGEST_EVENT / 2, '"')}\nx`, `${large(LARGEST_EVENT / 2, '"')}"\nx`],
    ["JSON", object(LARGEST_EVENT), object(LARGEST_EVENT + 1)],
    [
      "a message",
      text(envelope([logEvent(1, large(LARGEST_EVENT))])),
      text(envelope([logEvent(1, large(LARGEST_EVENT + 1))])),
    ],
    [
      "a message of quotes",
      text(envelope([logEvent(1, large(LARGEST_EVENT / 2, '"'))])),
      text(envelope([logEvent(1, large(LARGEST_EVENT / 2 + 1, '"'))])),
    ],
    [
      "one of several messages",
      text(envelope([logEvent(1), logEvent(2, large(LARGEST_EVENT))])),
      text(envelope([logEvent(1), logEvent(2, large(LARGEST_EVENT + 1))])),
    ],
  ])(
    "delivers an event that takes 8 MiB as JSON, a quarter of a record, and dead-letters one that takes more: %s",
    (_, atLimit, beyond) => {
      const outcomes = [atLimit, beyond].map((data) => reasons(decode(gzipSync(data), 32 * MIB)));
      expect(outcomes).toEqual([
        ["events"],
        [
          expect.stringMatching(
            /^has an event of 83886(09|10) bytes as JSON, more than 8388608; write smaller records, /,
          ),
        ],
      ]);
    },
  );

  it.each([
    ["a line", `${large(LARGEST_EVENT)}x\nx`],
    ["a message", text(envelope([logEvent(1, '\\"'.repeat(LARGEST_EVENT / 2)), logEvent(2)]))],
  ])("does not decode a record whose text shows that an event is too large: %s", (_, data) => {
    const toText = jest.spyOn(Buffer.prototype, "toString");
    const outcome = reasons(decode(gzipSync(data), 32 * MIB));
    const lengths = toText.mock.results.map(({ value }) => value.length);
    toText.mockRestore();
    expect(outcome).toEqual([expect.stringMatching(/^has an event of /)]);
    expect(lengths.filter((length) => length > MIB)).toEqual([]);
  });

  it.each<[string, Buffer]>([
    ["quotes", Buffer.alloc(MIB, '"')],
    ["backslashes", Buffer.alloc(MIB, "\\")],
    ["tabs among letters", Buffer.alloc(MIB, "\tx")],
    ["some control characters", Buffer.concat([Buffer.alloc(MIB - 1000, "x"), Buffer.alloc(1000, 0x1b)])],
  ])("delivers a text of the largest size that takes up to twice as much as JSON: %s", (_, bytes) => {
    const parts = decode(gzipSync(bytes));
    expect(messages(parts).map((one) => one === bytes.toString())).toEqual([true]);
    expect(lines(parts)[0].logEvents[0].message === bytes.toString()).toBe(true);
  });

  it("counts the events of all parts", () => {
    const many = (n: number) => Buffer.from("a\n".repeat(n));
    const parts = decode(aggregated([many(60_000), many(60_000), many(40_000)]));
    expect(reasons(parts)).toEqual(["events", "holds more than 100000 events"]);
    expect(messages(parts)).toHaveLength(100_000);
  });

  const EMPTY = text(envelope([]));
  const TOO_MANY = "holds more than 100000 events";
  const ROOM = 32 * MIB;

  it.each([
    ["envelopes", gzipSync(EMPTY.repeat(100_001))],
    ["envelopes, and something behind them", gzipSync(`${EMPTY.repeat(100_001)}x`)],
    ["control messages, too", gzipSync(EMPTY.repeat(60_001) + JSON.stringify(CONTROL_MESSAGE).repeat(40_000))],
  ])("counts parts without events as one each: %s", (_, data) => {
    expect(reasons(decode(data, ROOM))).toEqual([TOO_MANY]);
  });

  it("counts the parts of all user records together, also those that cannot be decoded", () => {
    const several = gzipSync(EMPTY.repeat(300));
    const binary = aggregated(Array(60_000).fill(Buffer.from([0])));
    const blank = aggregated(Array(39_500).fill(Buffer.alloc(0)));
    const parts = decode(aggregated([binary, blank, several, several, Buffer.from("a")]), ROOM);
    expect(envelopes(parts)).toHaveLength(301);
    expect(reasons(parts).filter((reason) => reason === TOO_MANY)).toHaveLength(1);
    expect(messages(parts)).toEqual(["a"]);
    expect(reasons(decode(aggregated([binary, binary])))).toContain("an aggregate of more than 40000 user records");
  });

  it("dead-letters an aggregate of more than 100,000 user records, however small", () => {
    const parts = decode(aggregated(Array(100_001).fill(Buffer.alloc(0))));
    expect(reasons(parts)).toEqual(["an aggregate of more than 100000 user records"]);
  });
});
