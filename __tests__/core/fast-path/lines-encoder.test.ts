import fc from "fast-check";
import { IndexSlots } from "../../../core/events/index-slot";
import { DOCUMENT_TIMES } from "../../../core/events/limits";
import { encodedBatch, isEncodable } from "../../../core/fast-path/lines-encoder";
import type { DescribedParser } from "../../../core/parsers/line-description";
import { MessageParsing } from "../../../core/parsers/message-parsing";
import type { MemberStep } from "../../../core/parsers/object-description";
import { describedObject } from "../../../core/parsers/object-parser";
import { PARSERS } from "../../../core/parsers/parsers";
import { SpanOp } from "../../../core/parsers/span-ops";
import type { ParserChoice } from "../../../core/settings/parser-choice";
import type { ParserName } from "../../../core/settings/parser-names";
import { type BulkItem, itemsOf } from "../../../core/sinks/opensearch/bulk-request";
import { pack } from "../../../core/sinks/opensearch/pack";
import { SAMPLE_LINES } from "../../../tools/sample-logs/by-parser";
import { FAST_PATH_RUNS } from "../../support/any-envelope";
import { layoutsChangedAt } from "../../support/any-layouts";
import {
  encodedLines,
  expectSameOfObject,
  lineSource,
  OBJECT,
  plainLines,
  rawLines,
} from "../../support/both-paths-of-lines";
import { anyText, jsonText } from "../../support/json-texts";
import { nearlySignedText } from "../../support/signed-texts";

jest.setTimeout(60_000 + FAST_PATH_RUNS * 40);

const parsingOf = (parser: ParserChoice, fields: readonly string[] = []) =>
  new MessageParsing({ parser, fields, keepMessage: true, eventOriginal: false });
const streamOf = (parser: ParserChoice) => parsingOf(parser).of({ logGroup: "", logStream: "" });

/** Formats of lines that have a time of their own. */
const READ = (Object.keys(PARSERS) as ParserName[])
  .flatMap((name) => SAMPLE_LINES[name].map(({ fields = [], lines }) => ({ name, fields, lines })))
  .map((sample) => ({ ...sample, parser: PARSERS[sample.name]({ fields: sample.fields }) as DescribedParser }))
  .filter(({ parser }) => parser.line?.time !== undefined);

const linesOf = (name: ParserName): string[] => SAMPLE_LINES[name].flatMap(({ lines }) => [...lines]);

describe("the encoder", () => {
  it.each(READ)("asks no parser about lines of an object that $name has, $fields", ({ parser, lines }) => {
    const inSlots = jest.fn(parser.inSlots!);
    const parse = Object.assign((message: string) => parser(message), { line: parser.line!, inSlots });
    const counts = { parsed: 0, failed: 0 };
    const read = lines.filter((line) => !line.startsWith("{"));
    const source = lineSource({ parse, needsSignature: false, keepMessage: true, eventOriginal: false, counts });
    expect(encodedLines(source, rawLines(read))).toHaveLength(read.length);
    expect(inSlots).not.toHaveBeenCalled();
    expect(counts).toEqual({ parsed: read.length, failed: 0 });
  });

  const OBJECTS = ["cloudtrail", "waf", "route53_resolver", "network_firewall"] as const;

  it.each(OBJECTS.flatMap((name) => [true, false].map((eventOriginal) => [name, eventOriginal] as const)))(
    "asks no parser about objects of %s, either (original event: %s)",
    (name, eventOriginal) => {
      const parser = PARSERS[name]({ fields: [] });
      const parse = jest.fn(parser);
      const counts = { parsed: 0, failed: 0 };
      const asking = Object.assign((message: string) => parse(message), { object: parser.object! });
      const source = lineSource({
        parse: asking,
        needsSignature: false,
        keepMessage: true,
        eventOriginal,
        counts,
      });
      const lines = linesOf(name);
      expect(encodedLines(source, rawLines(lines))).toHaveLength(lines.length);
      expect(parse).not.toHaveBeenCalled();
    },
  );

  const ISO_TIMES = [
    ...[
      "2026-11-25T23:59:59.999Z",
      "2026-11-26T00:00:00Z",
      "2026-11-26T01:02:03.123456+0000",
      "2026-11-26T00:59:00+02:00",
    ],
    ...[
      "2026-11-27T05:05:00Z",
      "2026-11-27T05:05:00.001Z",
      "1969-12-31T23:59:59Z",
      "2026-11-26 10:00:00",
      "2026-13-01T00:00:00Z",
      "",
    ],
  ].map((time) => JSON.stringify(time));
  const EPOCH_TIMES = [
    "1795651199999",
    "1795651200000",
    '"1795651200000"',
    "1795748700001",
    "1795755900001",
    "179565119999",
    "0",
    "1795651200000.5",
  ];

  it.each([
    ["cloudtrail", /(?<="eventTime":)"[^"]*"/, ISO_TIMES],
    ["waf", /(?<="timestamp":)\d+/, EPOCH_TIMES],
    ["route53_resolver", /(?<="query_timestamp":)"[^"]*"/, ISO_TIMES],
    ["network_firewall", /(?<="timestamp":)"[^"]*"/, ISO_TIMES],
  ] as const)("believes the time of an object of %s as its parser does, whatever it is", (parser, time, times) => {
    const objects = linesOf(parser);
    for (const object of objects) expect(object).toMatch(time);
    const lines = objects.flatMap((line) =>
      [...times, ...times.map((text) => `${text},"a":1`), "null", "{}"].map((text) => line.replace(time, text)),
    );
    expectSameOfObject(lines, { parser, fields: [], keepMessage: true, eventOriginal: false });
    const documents = encodedLines(lineSource(streamOf(parser)), rawLines(lines));
    expect(new Set(documents.map((text) => /"@timestamp":"([^"]*)"/.exec(text)![1])).size).toBeGreaterThan(3);
  });

  it("adds members of a JSON object to the object's own in cloud", () => {
    const members = new Map<string, MemberStep>([
      ["time", { kind: "texts", texts: [{ paths: ["event.end"], step: { op: SpanOp.utcTime } }] }],
      ["id", { kind: "texts", texts: [{ paths: ["cloud.instance.id"], step: { op: SpanOp.text } }] }],
    ]);
    const asked: string[] = [];
    const parse = describedObject(
      { members: { own: "x", members, later: [] }, constants: [], needs: {}, time: "event.end" },
      (text) => {
        asked.push(text);
        const { time, id } = JSON.parse(text);
        return { fields: { event: { end: time }, cloud: { instance: { id } } }, time: Date.parse(time), isJson: true };
      },
    );
    const counts = { parsed: 0, failed: 0 };
    const source = lineSource({ parse, needsSignature: false, keepMessage: true, eventOriginal: true, counts });
    const lines = rawLines(["25T23:59:59.999Z", "26T00:00:00Z"].map((time) => `{"time":"2026-11-${time}","id":"i-1"}`));
    const documents = encodedLines(source, lines);
    expect(asked).toEqual([]);
    expect(documents[0]).toContain('"provider":"aws","region":"eu-central-1","instance":{"id":"i-1"}},"aws":{"s3":');
    expect(documents).toEqual(plainLines(source, lines));
  });

  it("takes the formats of load balancers, CloudFront, S3, VPC flow logs and web servers", () => {
    expect(new Set(READ.map(({ name }) => name))).toEqual(
      new Set<ParserName>([
        ...["alb_access", "alb_connection", "alb_health_check", "nlb_tls", "elb_access", "cloudfront_access"],
        ...["cloudfront_realtime", "s3_access", "vpc_flow", "http_access"],
      ] as ParserName[]),
    );
    for (const name of ["none", "auto", "elb_access"] as const)
      expect(isEncodable(lineSource(streamOf(name)))).toBe(true);
    expect(isEncodable(lineSource(streamOf("key_value")))).toBe(false);
  });

  const bytes = fc.uint8Array({ maxLength: 60 }).map((all) => Buffer.from(all.filter((byte) => byte !== 10)));
  const withBytes = fc
    .tuple(fc.constantFrom(...READ.flatMap(({ lines }) => lines)), fc.nat(), bytes)
    .map(([line, at, some]) => {
      const whole = Buffer.from(line);
      const cut = at % (whole.length + 1);
      return Buffer.concat([whole.subarray(0, cut), some, whole.subarray(cut)]);
    });
  const anyLine: fc.Arbitrary<string | Buffer> = fc.oneof(
    bytes,
    withBytes,
    ...[anyText, jsonText, nearlySignedText].map((text) => text.map((one) => one.toWellFormed().replaceAll("\n", ""))),
    fc.constantFrom("", ...READ.flatMap(({ lines }) => lines)),
    fc
      .tuple(fc.constantFrom("a", "\0", '"', "\t", "ü", "\u{1f408}", "{"), fc.constantFrom(2_700, 17_000, 70_000))
      .map(([unit, length]) => unit.repeat(length)),
  );
  const time = fc.integer({ min: 1_400_000_000_000, max: 1_800_000_000_000 });
  const anySource = fc.record({
    layouts: layoutsChangedAt(time),
    written: fc.oneof(time, fc.constantFrom(0, DOCUMENT_TIMES.latest)),
    ahead: fc.constantFrom(0, 7_200_000),
    key: fc.string({ unit: "binary", minLength: 1, maxLength: 30 }),
    account: fc.option(fc.string({ maxLength: 12 }), { nil: undefined }),
    firstLine: fc.oneof(fc.nat(1000), fc.constantFrom(2 ** 32 - 2, 9_999_999_998, 2 ** 53 - 100)),
    parser: fc.constantFrom<ParserChoice[]>(
      "none",
      "auto",
      "elb_access",
      "vpc_flow",
      "http_access",
      "cloudfront_access",
    ),
    keepMessage: fc.boolean(),
    eventOriginal: fc.boolean(),
  });

  it("writes the plain path's documents of any lines of any object", () => {
    const property = fc.property(fc.array(anyLine, { maxLength: 30 }), anySource, (lines, given) => {
      const { layouts, written, ahead, key, account, firstLine, parser, keepMessage, eventOriginal } = given;
      const [encoded, plain] = [encodedLines, plainLines].map((write) => {
        const parsing = new MessageParsing({ parser, fields: [], keepMessage, eventOriginal });
        const source = lineSource(parsing.of({ logGroup: "", logStream: "" }), {
          object: { ...OBJECT, key, account },
          indices: new IndexSlots(layouts, "elb_access"),
          times: { written, latest: Math.min(written + ahead, DOCUMENT_TIMES.latest) },
        });
        return { documents: write(source, rawLines(lines, firstLine)), counts: parsing.takeCounts() };
      });
      expect(encoded).toEqual(plain);
    });
    fc.assert(property, { numRuns: FAST_PATH_RUNS / 4 });
  });

  it("writes lines of several days, of which each is in its own index", () => {
    const [line] = linesOf("elb_access");
    const days = ["2026-11-25", "2026-11-27", "2026-11-26", "2026-11-28", "1969-12-31"];
    const lines = Array.from({ length: 500 }, (_, n) => line!.replace(/^[\d-]{10}/, days[n % days.length]!));
    const source = lineSource(streamOf("elb_access"));
    const documents = encodedLines(source, rawLines(lines));
    expect(documents).toEqual(plainLines(source, rawLines(lines)));
    expect(documents.slice(0, 5).map((text) => /"_index":"([^"]*)"/.exec(text)![1])).toEqual(
      // The object was written on the 27th: what is later, or before 1970, is no time.
      ["25", "27", "26", "27", "27"].map((day) => `cwl-elb_access-2026.11.${day}`),
    );
  });

  it("believes a line's time up to the latest of its object", () => {
    const [line] = linesOf("elb_access");
    const lines = ["27T05:05:00.000000Z", "27T05:05:00.001000Z"].map((time) =>
      line!.replace(/^\S+/, `2026-11-${time}`),
    );
    const documents = encodedLines(lineSource(streamOf("elb_access")), rawLines(lines));
    expect(documents.map((text) => /"@timestamp":"([^"]*)"/.exec(text)![1])).toEqual([
      "2026-11-27T05:05:00.000Z",
      "2026-11-27T03:05:00.000Z",
    ]);
  });

  it("writes every line by itself, however writers of several objects take turns", () => {
    const lines = linesOf("alb_access");
    const many = Array.from({ length: 2_000 }, (_, n) => (n % 7 === 0 ? "x".repeat(n) : lines[n % lines.length]!));
    // There is no room for its document.
    many[1_000] = "\0".repeat(700_000);
    const sources = (["alb_access", "none", "auto"] as const).map((parser) => lineSource(streamOf(parser)));
    const requests = sources.map((source) => pack(encodedBatch(source, rawLines(many)).lines(), 64 * 1024));
    const sent: BulkItem[][] = sources.map(() => []);
    for (let isOpen = true; isOpen; ) {
      isOpen = false;
      for (const [i, each] of requests.entries()) {
        const next = each.next();
        isOpen ||= !next.done;
        if (!next.done) sent[i]!.push(...itemsOf(next.value));
      }
    }
    for (const [i, items] of sent.entries()) {
      const texts = items.map(
        ({ position, buffer, start, end }) => `${position} ${buffer.toString("latin1", start, end)}`,
      );
      expect(texts).toEqual(plainLines(sources[i]!, rawLines(many)));
    }
  });
});
