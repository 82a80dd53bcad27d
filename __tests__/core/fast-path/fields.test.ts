import fc from "fast-check";
import type { DescribedParser } from "../../../core/parsers/line-description";
import { MessageParsing, type ParseCounts } from "../../../core/parsers/message-parsing";
import { PARSERS } from "../../../core/parsers/parsers";
import type { ParserName } from "../../../core/settings/parser-names";
import { SAMPLE_LINES } from "../../../tools/sample-logs/by-parser";
import { lineVariants } from "../../../tools/sample-logs/line-variants";
import { FAST_PATH_RUNS } from "../../support/any-envelope";
import { askedParser } from "../../support/asked-parser";
import { fast, plain } from "../../support/both-paths";
import { expectSameOfObject } from "../../support/both-paths-of-lines";
import { itEachLog } from "../../support/corpus";
import { envelope, logEvent } from "../../support/kinesis";
import { editedLine, LAYOUT_LINES } from "../../support/layout-lines";
import { CWL } from "../../support/layouts";
import { changedLine } from "../../support/line-tokens";

jest.setTimeout(60_000 + FAST_PATH_RUNS * 40);

const envelopeOf = (messages: readonly string[]) =>
  JSON.stringify(envelope(messages.map((text, n) => logEvent(n, text))));

interface Sample {
  readonly name: ParserName;
  readonly fields: readonly string[];
  readonly lines: readonly string[];
  readonly parser: DescribedParser;
}

const samplesOf = (name: ParserName): Sample[] =>
  SAMPLE_LINES[name].map(({ fields = [], lines }) => ({ name, fields, lines, parser: PARSERS[name]({ fields }) }));

/** Formats whose lines the encoder reads itself. */
const READ = (Object.keys(PARSERS) as ParserName[])
  .flatMap(samplesOf)
  .filter(({ parser }) => parser.line ?? parser.layouts ?? parser.pairs);

/** Lines that only their parser reads. */
const isLeft = (line: string) => LEFT.some((pattern) => pattern.test(line));
const LEFT = [/\[TRUNCATED\]/];

function parsingBy(parse: DescribedParser) {
  const counts: ParseCounts = { parsed: 0, failed: 0 };
  const parsing = { parse, needsSignature: false, keepMessage: true, eventOriginal: false, counts };
  return { of: () => parsing, counts };
}

/** Expects the lines and the counts of the plain path, with the parser and with `auto`: of an envelope, and of an object. */
function expectSameLines(messages: readonly string[], { name, fields }: Pick<Sample, "name" | "fields">): void {
  const one = envelopeOf(messages);
  for (const parser of [name, "auto"] as const) {
    const options = { parser, fields, keepMessage: parser === "auto", eventOriginal: parser !== "auto" };
    const [onFast, onPlain] = [new MessageParsing(options), new MessageParsing(options)];
    expect(fast(one, CWL, onFast)).toEqual(plain(one, CWL, onPlain));
    expect(onFast.takeCounts()).toEqual(onPlain.takeCounts());
    const lines = messages.map((text) => text.replaceAll("\n", ""));
    expectSameOfObject(lines, options);
  }
}

describe.each(READ)("the encoder, of lines of $name, $fields", (sample) => {
  const lines = sample.lines.filter((line) => !isLeft(line));

  it("reads those that the service writes itself", () => {
    const { parser, asked } = askedParser(sample.parser);
    const parsing = parsingBy(parser);
    expect(fast(envelopeOf(lines), CWL, parsing)).toBeDefined();
    expect(asked).toEqual([]);
    expect(parsing.counts.parsed).toBe(lines.length);
  });

  it("writes the plain path's documents of any field dropped, doubled, empty, quoted, of IPv6 or of Unicode", () => {
    for (const line of sample.lines) expectSameLines([...sample.lines, ...lineVariants(line)], sample);
  });

  it("writes the plain path's documents of lines in which several texts are others", () => {
    const others = READ.flatMap((one) => one.lines);
    const changed = fc.oneof({ weight: 9, arbitrary: changedLine(sample.lines) }, changedLine(others));
    const property = fc.property(fc.array(changed, { minLength: 20, maxLength: 20 }), (messages) => {
      expectSameLines([...sample.lines, ...messages], sample);
    });
    fc.assert(property, { numRuns: Math.ceil(FAST_PATH_RUNS / 20) });
  });
});

it("writes the plain path's documents of lines in all layouts and of pairs, changed anywhere", () => {
  for (const [name, others] of Object.entries(LAYOUT_LINES) as [keyof typeof LAYOUT_LINES, readonly string[]][]) {
    const lines = [...samplesOf(name).flatMap((sample) => sample.lines), ...others];
    const property = fc.property(fc.array(editedLine(lines), { minLength: 20, maxLength: 20 }), (messages) => {
      expectSameLines([...lines, ...messages], { name, fields: [] });
    });
    fc.assert(property, { numRuns: Math.ceil(FAST_PATH_RUNS / 100) });
  }
});

itEachLog("the encoder reads %s as the plain path does, whatever parser it is for", (lines) => {
  for (const sample of READ) expectSameLines(lines.slice(0, 100), sample);
});

it("asks auto's parser once for lines of a format, and no more", () => {
  const parsing = new MessageParsing({ parser: "auto", fields: [], keepMessage: true, eventOriginal: false });
  const stream = parsing.of({ logGroup: "foo", logStream: "bar" })!;
  const parse = jest.fn(stream.parse.inSlots!);
  const counting = parsingBy(
    Object.assign((message: string) => stream.parse(message), { ...stream.parse, inSlots: parse }),
  );
  const lines = READ.map((one) => one.lines.find((line) => !isLeft(line))!).filter((line) => stream.parse(line));
  for (let i = 0; i < 3; i++) fast(envelopeOf(lines), CWL, counting);
  expect(counting.counts.parsed).toBe(3 * lines.length);
  // Once more if the programs of the tests before have filled the memory for them.
  expect(parse.mock.calls.length).toBeLessThanOrEqual(2 * lines.length);
});
