import fc from "fast-check";
import { fieldExtractor } from "../../../core/messages/extraction";
import { autoParser } from "../../../core/parsers/auto";
import { ShapeBuilder, slottedParser } from "../../../core/parsers/field-shape";
import { MessageParsing, type ParseCounts, type StreamParsing } from "../../../core/parsers/message-parsing";
import type { MessageParser, SlotValues } from "../../../core/parsers/parsed-message";
import { sizedJson, sizedText } from "../../../tools/sample-logs/sized";
import {
  canonicalEnvelope,
  centralizedEnvelope,
  damagedEnvelope,
  escapedEnvelope,
  FAST_PATH_RUNS,
  looseEnvelope,
} from "../../support/any-envelope";
import { expectSame, fast, plain } from "../../support/both-paths";
import { envelope, logEvent } from "../../support/kinesis";
import { CWL } from "../../support/layouts";
import { signedText } from "../../support/signed-texts";

jest.setTimeout(60_000 + FAST_PATH_RUNS * 20);

const parsingBy = (parse: MessageParser, options: Partial<StreamParsing> = {}) => {
  const counts: ParseCounts = { parsed: 0, failed: 0 };
  const parsing = { parse, needsSignature: true, keepMessage: true, eventOriginal: false, counts, ...options };
  return { of: () => parsing, counts };
};

/** Takes every message that begins as one of a format does. */
const anySigned = autoParser((parser) => (message) => ({ fields: { parser, length: message.length } }));

const envelopeOf = (...messages: string[]) => JSON.stringify(envelope(messages.map((text, n) => logEvent(n, text))));

const anyEnvelope = fc.oneof(canonicalEnvelope, centralizedEnvelope, escapedEnvelope, looseEnvelope, damagedEnvelope);

describe("the fast path of a log stream with a parser", () => {
  it("hands every message that begins as one of a format to the parser", () => {
    const property = fc.property(signedText, (text) => {
      const parse = jest.fn(() => undefined);
      expect(fast(envelopeOf(text), CWL, parsingBy(parse))).toBeDefined();
      expect(parse).toHaveBeenCalledWith(text);
    });
    fc.assert(property, { numRuns: FAST_PATH_RUNS });
  });

  it.each(["10:00:00:1::1", "a.b4".repeat(9)])("hands lines of the address %s to the parser", (address) => {
    const parse = jest.fn(() => undefined);
    expect(fast(envelopeOf(`${address} - - [`), CWL, parsingBy(parse))).toBeDefined();
    expect(parse).toHaveBeenCalled();
  });

  it("takes a time of other characters than those of times for none, as the plain path does", () => {
    const text = `{"time":"2023-03-12T2ééé5:05.456Z","type":"platform.report","record":{}}`;
    expect(expectSame(envelopeOf(text), parsingBy(anySigned))).toBe(true);
  });

  it("writes the lines of the plain path for messages that begin as one of a format, or leaves them to it", () => {
    let taken = 0;
    const property = fc.property(anyEnvelope, fc.boolean(), fc.boolean(), (one, keepMessage, eventOriginal) => {
      if (expectSame(one, parsingBy(anySigned, { keepMessage, eventOriginal }))) taken++;
    });
    fc.assert(property, { numRuns: FAST_PATH_RUNS });
    expect(taken / FAST_PATH_RUNS).toBeGreaterThan(1 / 4);
  });

  it("writes the lines of the plain path for a parser that may take any message, or leaves them to it", () => {
    const everyOther: MessageParser = (message) =>
      message.length % 2 === 0 ? { fields: { aws: { x: { text: message } } }, message: message.slice(1) } : undefined;
    const property = fc.property(anyEnvelope, (one) => {
      expectSame(one, parsingBy(everyOther, { needsSignature: false }));
    });
    fc.assert(property, { numRuns: Math.ceil(FAST_PATH_RUNS / 2) });
  });

  it("writes the lines of the plain path with fields of the user's own, or leaves them to it", () => {
    const extract = fieldExtractor([
      { name: "page", from: "message", pattern: "[a-z]+" },
      { name: "a.b", from: "message", pattern: "." },
      { name: "log.level", from: "level", pattern: ".+" },
    ]);
    const options = { fields: [], keepMessage: false, eventOriginal: true, extract };
    let taken = 0;
    const property = fc.property(anyEnvelope, fc.constantFrom("none", "auto"), (one, parser) => {
      if (expectSame(one, new MessageParsing({ parser, ...options }))) taken++;
    });
    fc.assert(property, { numRuns: Math.ceil(FAST_PATH_RUNS / 2) });
    expect(taken / FAST_PATH_RUNS).toBeGreaterThan(1 / 8);
  });

  it("writes the lines of the plain path for a parser that puts parts of any message into slots", () => {
    const { slotOf, shape } = new ShapeBuilder();
    const [start, end, whole] = [slotOf("aws.x.start"), slotOf("http.y"), slotOf("event.original_text")];
    const halves = slottedParser((message) => {
      const values: SlotValues = [];
      const space = message.indexOf(" ");
      values[start] = message.slice(0, space < 0 ? undefined : space);
      values[end] = message.slice(space + 1);
      values[whole] = message;
      return { shape, values };
    });
    const property = fc.property(anyEnvelope, fc.boolean(), (one, keepMessage) => {
      expectSame(one, parsingBy(halves, { needsSignature: false, keepMessage }));
    });
    fc.assert(property, { numRuns: Math.ceil(FAST_PATH_RUNS / 2) });
    const quotes = ['a "b" c', '"', '\\"', '"\t"', '\u0001 "', "plain text", "\ud83d \ude00", '\u{1f600} "'];
    expect(expectSame(envelopeOf(...quotes), parsingBy(halves, { needsSignature: false }))).toBe(true);
  });

  it("asks no parser about text and JSON that begin as no format does", () => {
    const parse = jest.fn(() => undefined);
    const texts = [
      ...sizedText(140),
      ...sizedJson(140),
      ...["order 17 placed", "2026-11-21 10:00:00 order placed", "[main] started", "10.0.0.7 GET /", "", "=", ": x"],
      ...["added to cart", "HTTP server started", "Error: x", "0000000000000000", "caf\u00e9 = open", '{"time":1}'],
    ];
    const one = envelopeOf(...texts);
    expect(fast(one, CWL, parsingBy(parse))).toEqual(fast(one));
    expect(parse).not.toHaveBeenCalled();
  });

  it("leaves a record to the plain path whose document does not fit into the encoder's memory", () => {
    const text = `k=${"\u65e5".repeat(300_000)}`;
    const twice: MessageParser = (message) => ({ fields: { aws: { x: { first: message, second: message } } } });
    const parsing = () => parsingBy(twice, { eventOriginal: true });
    expect(fast(envelopeOf("k=v", text), CWL, parsing())).toBeUndefined();
    expect(plain(envelopeOf("k=v", text), CWL, parsing())).toBeDefined();
    expect(fast(envelopeOf("k=v"), CWL, parsing())).toBeDefined();
  });

  it("counts each parsed message of a record once, however often its lines are written", () => {
    const long = Array.from({ length: 60 }, (_, n) => `k=${String(n).repeat(50_000)}`);
    for (const parse of [
      anySigned,
      () => {
        throw new Error("bug");
      },
    ]) {
      const [onFast, onPlain] = [parsingBy(parse), parsingBy(parse)];
      expect(fast(envelopeOf(...long), CWL, onFast)).toEqual(plain(envelopeOf(...long), CWL, onPlain));
      expect(onFast.counts).toEqual(onPlain.counts);
      expect(onFast.counts.parsed + onFast.counts.failed).toBe(60);
    }
  });
});
