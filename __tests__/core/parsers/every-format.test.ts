import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import {
  type FieldTree,
  type FieldValue,
  type MessageParser,
  NumberText,
  type ParsedMessage,
} from "../../../core/parsers/parsed-message";
import { PARSERS } from "../../../core/parsers/parsers";
import type { ParserName } from "../../../core/settings/parser-names";
import { recordFields } from "../../../core/sinks/opensearch/document";
import { messageDocumentOf } from "../../../core/sinks/opensearch/parsed-document";
import { SAMPLE_LINES, type SampleLines } from "../../../tools/sample-logs/by-parser";
import { lineVariants } from "../../../tools/sample-logs/line-variants";

const FORMATS = Object.keys(PARSERS) as ParserName[];

/** Applications have texts of these names in the same index. */
const APPLICATIONS: readonly ParserName[] = ["lambda", "python", "log4j", "key_value"];
const NOT_OF_APPLICATIONS = ["event", "source", "user", "host", "url", "http"];

/** They keep what a service got in a request: objects whose names are data. */
const OF_ANY_NAMES: readonly ParserName[] = ["cloudtrail", "waf", "network_firewall"];

const parserOf = (name: ParserName, { fields = [] }: SampleLines) => PARSERS[name]!({ fields });

/** What is wrong with a value of a document: in JSON, to an engine, or to the contract of `ParsedMessage`. */
function* flaws(value: FieldValue, path: string, hasAnyNames = false): Generator<string> {
  if (value instanceof NumberText) {
    if (!/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(value.text))
      yield `${path}: ${value.text.slice(0, 50)} is no number`;
  } else if (Array.isArray(value)) {
    for (const [i, one] of (value as readonly FieldValue[]).entries()) yield* flaws(one, `${path}[${i}]`, hasAnyNames);
  } else if (typeof value === "object" && value !== null) {
    if (Object.keys(value).length === 0) yield `${path}: empty object`;
    for (const [name, inner] of Object.entries(value as FieldTree)) {
      if (name === "" || (name.includes(".") && !hasAnyNames) || name === "__proto__")
        yield `${path}: the name ${JSON.stringify(name)}`;
      yield* flaws(inner, `${path}.${name}`, hasAnyNames);
    }
  } else if (value === "" && path !== "message") {
    yield `${path}: empty text`;
  } else if (!["string", "boolean"].includes(typeof value) && !Number.isFinite(value)) {
    yield `${path}: ${value}`;
  }
}

function* flawsOf(name: ParserName, parsed: ParsedMessage): Generator<string> {
  // What a parser finds may be in the JSON alone.
  if (parsed.json === undefined || Object.keys(parsed.fields).length > 0)
    yield* flaws(parsed.fields, "fields", OF_ANY_NAMES.includes(name));
  if (parsed.message !== undefined) yield* flaws(parsed.message, "message");
  if (parsed.time !== undefined && !Number.isSafeInteger(parsed.time)) yield `time: ${parsed.time}`;
  if (parsed.json !== undefined) {
    const json: unknown = JSON.parse(parsed.json);
    if (typeof json !== "object" || json === null || Array.isArray(json)) yield `json: ${parsed.json.slice(0, 50)}`;
  }
  if (APPLICATIONS.includes(name)) {
    yield* NOT_OF_APPLICATIONS.filter((root) => Object.hasOwn(parsed.fields, root));
  } else if (typeof (parsed.fields.event as FieldTree | undefined)?.dataset !== "string") {
    yield "no event.dataset";
  }
}

const OWN = recordFields({ owner: "111111111111", logGroup: "foo", logStream: "bar" }, "eu-central-1");

function documentBy(parse: MessageParser, line: string) {
  const counts = { parsed: 0, failed: 0 };
  const parsing = { parse, needsSignature: false, keepMessage: true, eventOriginal: true, counts };
  return { document: messageDocumentOf(line, "2026-11-21T03:00:00.000Z", OWN, parsing), counts };
}

/** A line becomes a document of one line, valid JSON, whatever the parser makes of it. */
function expectDocument(line: string, parse: MessageParser): void {
  const { document, counts } = documentBy(parse, line);
  if (counts.failed > 0) throw new Error("the parser, or writing what it made of the line, threw");
  if (document.includes("\n") || !document.isWellFormed()) throw new Error(`no line: ${document}`);
  JSON.parse(document);
}

/** @returns whether the line was parsed; it stays text otherwise */
function check(name: ParserName, parse: MessageParser, line: string): boolean {
  try {
    const parsed = parse(line);
    expectDocument(line, parse);
    const found = parsed === undefined ? [] : [...flawsOf(name, parsed)];
    if (found.length > 0) throw new Error(found.slice(0, 5).join("; "));
    return parsed !== undefined;
  } catch (error) {
    throw new Error(`${name}: ${JSON.stringify(line.slice(0, 2000))}: ${String(error)}`, { cause: error });
  }
}

const samples = (name: ParserName) =>
  SAMPLE_LINES[name].flatMap((set) => set.lines.map((line) => [line, parserOf(name, set)] as const));

describe.each(FORMATS)("the parser %s", (name) => {
  const all = samples(name);

  it("knows the lines that its service writes", () => {
    for (const [line, parse] of all) expect([line, check(name, parse, line)]).toEqual([line, true]);
  });

  it("loses no line with any field dropped, doubled, empty, quoted, of IPv6 or of Unicode", () => {
    for (const [line, parse] of all) {
      for (const variant of lineVariants(line)) check(name, parse, variant);
    }
  });

  it("puts the same into slots as into objects, whatever a field is, and a writer sees what JSON escapes", () => {
    const encoded = ["%22", "%5C%0A", "%ED%A0%80", "%22%2520"].map((text) => () => text);
    for (const [line, parse] of all) {
      for (const variant of [line, ...lineVariants(line), ...lineVariants(line, encoded)]) {
        const documents = [parse, (message: string) => parse(message)].map(
          (each) => documentBy(each, variant).document,
        );
        const [slots, objects] = documents.map((document): unknown => JSON.parse(document));
        if (!isDeepStrictEqual(slots, objects)) expect([variant, slots]).toEqual([variant, objects]);
      }
    }
  });

  it("loses no line with a field of 100 KB", () => {
    const [line, parse] = all[0]!;
    const long = ["x", "7", "x ", '"'].map((text) => () => text.repeat(100_000 / text.length));
    for (const variant of lineVariants(line, long)) check(name, parse, variant);
  });

  it("loses no text, whatever it is", () => {
    const [, parse] = all[0]!;
    const any = fc.oneof(fc.string({ unit: "binary" }), fc.string(), fc.json());
    fc.assert(
      fc.property(any, (text) => {
        check(name, parse, text);
      }),
      { numRuns: 200 },
    );
  });

  it("loses no line that was cut, or in which texts were changed and mixed", () => {
    const place = fc.nat({ max: 100_000 });
    const change = fc.record({
      at: place,
      remove: fc.nat({ max: 8 }),
      text: fc.string({ unit: "binary", maxLength: 6 }),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        fc.constantFrom(...all),
        fc.array(change, { maxLength: 4 }),
        fc.option(place),
        ([line, parse], [other], changes, cut) => {
          let text = line;
          for (const { at, remove, text: inserted } of changes) {
            const from = at % (text.length + 1);
            text = text.slice(0, from) + inserted + text.slice(from + remove);
          }
          check(name, parse, text);
          if (cut !== null)
            check(name, parse, text.slice(0, cut % (text.length + 1)) + other.slice(cut % (other.length + 1)));
        },
      ),
      { numRuns: 300 },
    );
  });
});

it("changes no prototype, whatever the lines", () => {
  const names = [...Object.getOwnPropertyNames(Object.prototype), ...Object.getOwnPropertyNames(Object)];
  for (const name of FORMATS) {
    for (const [line, parse] of samples(name)) {
      for (const key of ["__proto__", "constructor", "__proto__.polluted", "constructor.prototype.polluted"]) {
        for (const variant of lineVariants(line, [() => key, () => `"${key}"`, () => `"${key}":{"polluted":1}`])) {
          check(name, parse, variant);
        }
      }
    }
  }
  expect([...Object.getOwnPropertyNames(Object.prototype), ...Object.getOwnPropertyNames(Object)]).toEqual(names);
});
