import fc from "fast-check";
import type { DescribedParser } from "../../../core/parsers/line-description";
import { MessageParsing, type ParseCounts } from "../../../core/parsers/message-parsing";
import { PARSERS } from "../../../core/parsers/parsers";
import type { ParserName } from "../../../core/settings/parser-names";
import { SAMPLE_LINES } from "../../../tools/sample-logs/by-parser";
import { lineVariants } from "../../../tools/sample-logs/line-variants";
import { linesOfParser } from "../../../tools/sample-logs/objects";
import { FAST_PATH_RUNS } from "../../support/any-envelope";
import { askedParser } from "../../support/asked-parser";
import { fast, plain } from "../../support/both-paths";
import { expectSameOfObject } from "../../support/both-paths-of-lines";
import { changedObject } from "../../support/changed-object";
import { itEachLog } from "../../support/corpus";
import { envelope, logEvent } from "../../support/kinesis";
import { NODE_ERRORS, nodeErrorLine, PLATFORM_EVENTS } from "../../support/lambda-events";
import { LAYOUT_LINES } from "../../support/layout-lines";
import { CWL } from "../../support/layouts";

jest.setTimeout(60_000 + FAST_PATH_RUNS * 40);

const envelopeOf = (messages: readonly string[]) =>
  JSON.stringify(envelope(messages.map((text, n) => logEvent(n, text))));

const isObject = (line: string) => line.startsWith("{");

/** Objects of forms that the examples lack. */
const MORE_OBJECTS: Partial<Record<ParserName, readonly string[]>> = {
  apigateway_access: LAYOUT_LINES.apigateway_access,
  // SYN, RST, PSH and ACK, which look like the beginning of a number with an exponent.
  network_firewall: SAMPLE_LINES.network_firewall[0]!.lines.map((line) => line.replace('"02"', '"1e"')),
  // As the events of load balancers have it.
  cloudtrail: SAMPLE_LINES.cloudtrail[0]!.lines.map((line) => line.replace(/}$/, ',"apiVersion":"2015-12-01"}')),
};

/** Formats whose JSON objects the encoder reads itself, with those that their documentation has. */
const READ = (Object.keys(PARSERS) as ParserName[])
  .map((name) => ({
    name,
    parser: PARSERS[name]({ fields: [] }),
    objects: [...SAMPLE_LINES[name].flatMap(({ lines }) => lines), ...(MORE_OBJECTS[name] ?? [])].filter(isObject),
  }))
  .filter(({ parser }) => parser.object !== undefined);

/** Expects the same lines and counts of both paths, of a parser by its name and by `auto`, whatever else the document has. */
function expectSameObjects(messages: readonly string[], name: ParserName): void {
  const one = envelopeOf(messages);
  for (const parser of [name, "auto"] as const) {
    const options = { parser, fields: [], keepMessage: parser === "auto", eventOriginal: parser !== "auto" };
    const [onFast, onPlain] = [new MessageParsing(options), new MessageParsing(options)];
    expect(fast(one, CWL, onFast)).toEqual(plain(one, CWL, onPlain));
    expect(onFast.takeCounts()).toEqual(onPlain.takeCounts());
    // With the original event, the encoder needs an object as a JSON string, and else it reads it as it is.
    for (const eventOriginal of [true, false]) expectSameOfObject(messages, { ...options, eventOriginal });
  }
}

const NO_COUNTS = (): ParseCounts => ({ parsed: 0, failed: 0 });

/** What a parser is asked by the encoder. */
function askedBy(described: DescribedParser, messages: readonly string[]) {
  const { parser: parse, asked } = askedParser(described);
  const counts = NO_COUNTS();
  const parsing = { parse, needsSignature: false, keepMessage: true, eventOriginal: false, counts };
  expect(fast(envelopeOf(messages), CWL, { of: () => parsing })).toBeDefined();
  expect(counts.parsed).toBe(messages.length);
  return asked;
}

describe.each(READ)("the encoder, of objects of $name", ({ name, parser, objects }) => {
  it("reads those that the service writes itself", () => {
    expect(askedBy(parser, objects)).toEqual([]);
  });

  it("writes the plain path's documents of generated ones", () => {
    expectSameObjects(linesOfParser(name, 50), name);
  });

  it("writes the plain path's documents of any text in them dropped, doubled, empty, quoted, of IPv6 or of Unicode", () => {
    expectSameObjects([...objects, ...lineVariants(objects[0]!)], name);
  });

  it("leaves texts whose first quote is another escape to the plain path", () => {
    const quotes = objects.flatMap((line) =>
      [...line.matchAll(/(?<=":)"/g)].map(({ index }) => [line, index] as const),
    );
    const lines = quotes.flatMap(([line, at]) =>
      ["\\", "\0", "\ud800", '\\"'].map((other) => line.slice(0, at) + other + line.slice(at + 1)),
    );
    for (let n = 0; n < lines.length; n += 100) expectSameObjects(lines.slice(n, n + 100), name);
  });

  it("writes the plain path's documents of objects whose members are others", () => {
    const property = fc.property(fc.array(changedObject(objects), { minLength: 20, maxLength: 20 }), (messages) =>
      expectSameObjects([...objects, ...messages], name),
    );
    fc.assert(property, { numRuns: Math.ceil(FAST_PATH_RUNS / 20) });
  });
});

describe("the encoder, of objects of Lambda whose members are columns", () => {
  const behindPrefix = fc.array(changedObject(NODE_ERRORS).map(nodeErrorLine), { minLength: 20, maxLength: 20 });
  const events = fc.array(changedObject(PLATFORM_EVENTS), { minLength: 20, maxLength: 20 });

  it("reads those that Lambda writes itself", () => {
    const messages = [...PLATFORM_EVENTS, ...NODE_ERRORS.map(nodeErrorLine)];
    expect(askedBy(PARSERS.lambda({ fields: [] }), messages)).toEqual([]);
  });

  it.each([
    ["its events", events],
    ["errors behind Node's prefix", behindPrefix],
  ])("writes the plain path's documents of %s whose members are others", (_, lines) => {
    const property = fc.property(lines, (messages) => expectSameObjects([...PLATFORM_EVENTS, ...messages], "lambda"));
    fc.assert(property, { numRuns: Math.ceil(FAST_PATH_RUNS / 20) });
  });
});

describe("the encoder, of objects that no parser of a log stream knows", () => {
  const parser = PARSERS.lambda({ fields: [] });

  it("asks nobody about what a function logs", () => {
    const asked = jest.fn(parser);
    const parse = Object.assign((message: string) => asked(message), { knownObjects: parser.knownObjects! });
    const parsing = { parse, needsSignature: false, keepMessage: true, eventOriginal: false, counts: NO_COUNTS() };
    const line = '{"level":"info","message":"a platform.start","time":"2026-11-21T02:59:59Z"}';
    expect(fast(envelopeOf([line]), CWL, { of: () => parsing })).toEqual(plain(envelopeOf([line]), CWL));
    expect(asked).not.toHaveBeenCalled();
    fast(envelopeOf([line, PLATFORM_EVENTS[0]!]), CWL, { of: () => parsing });
    expect(asked.mock.calls).toEqual([[PLATFORM_EVENTS[0]]]);
  });

  it("writes the plain path's documents wherever the text is that tells those which it knows", () => {
    const record = '"type":"platform.start","record":{"requestId":"a"}';
    const property = fc.property(
      fc.string({ unit: "binary", maxLength: 110 }),
      fc.nat({ max: 110 }),
      (text, spaces) => {
        const lines = [
          `{"a":${JSON.stringify(text)},${record}}`,
          `{${" ".repeat(spaces)}${record}}`,
          `{"${text}${record}}`,
        ];
        expectSameObjects(lines, "lambda");
      },
    );
    fc.assert(property, { numRuns: Math.ceil(FAST_PATH_RUNS / 10) });
  });
});

it("the encoder leaves a name to the parser that two objects give to the same one", () => {
  const event = JSON.parse(SAMPLE_LINES.cloudtrail[0]!.lines[0]!);
  event.userIdentity.sessionContext = { attributes: { mfaAuthenticated: "false" }, mfaAuthenticated: "true" };
  expectSameObjects([JSON.stringify(event)], "cloudtrail");
});

it("the encoder takes no name that it has learned for another one, however many there are", () => {
  const line = SAMPLE_LINES.cloudtrail[0]!.lines[0]!;
  const withOthers = (...others: readonly (readonly [string, unknown])[]) =>
    JSON.stringify({ ...JSON.parse(line), ...Object.fromEntries(others) });
  const lines = Array.from({ length: 150 }, (_, n) => [
    withOthers([`ownName${n}`, "a"], [`number${n}`, n], [`text${n}`, n % 2 === 0 ? "2026-11-21" : `say "${n}"`]),
    withOthers([`own_name${n}`, "b"]),
    withOthers([`ownName${n}`, "c"], [`own_name${n}`, n % 3 === 0 ? "" : "d"]),
  ]).flat();
  // An object like the one before it is written by its plan, and all names do not fit into the memory at a time.
  expectSameObjects([...lines.flatMap((one) => [one, one, one]), ...lines.toReversed()], "cloudtrail");
});

itEachLog("the encoder reads objects of %s as the plain path does, whatever parser it is for", (lines) => {
  for (const { name } of READ) expectSameObjects(lines.slice(0, 100), name);
});
