import fc from "fast-check";
import { parseKeyValue } from "../../../../core/parsers/key-value";
import type { StreamParsing } from "../../../../core/parsers/message-parsing";
import { recordFields } from "../../../../core/sinks/opensearch/document";
import { messageDocumentOf } from "../../../../core/sinks/opensearch/parsed-document";

const FIELDS = recordFields({ owner: "1", logGroup: "g", logStream: "s" }, "eu-central-1");

const parsing = (parse: StreamParsing["parse"]): StreamParsing => ({
  ...{ parse, needsSignature: false, keepMessage: true, eventOriginal: false },
  counts: { parsed: 0, failed: 0 },
});
const documentBy = (line: string, parse: StreamParsing["parse"]) =>
  messageDocumentOf(line, "2026-11-27T00:00:00.000Z", FIELDS, parsing(parse));

/** Names that decide about a place, that are long, deep or of any script, and that the pipeline has itself. */
const NAMES = [
  ...["a", "b.c", "ƒ", "level", "msg", "message", "message.x", "log", "log.level", "log.", "user", "user.name", "host"],
  ...["labels", "labels.a", "labels.b.c", "labels.", "labels..", "annotations.a", "annotations"],
  ...["json", "aws", "aws.x", "_id", "_source", "@timestamp", "event", "cloud", "__proto__", `d${".e".repeat(30)}`],
  "n".repeat(200),
];
const VALUES = [
  "",
  "1",
  "-0.5",
  "007",
  "12e5",
  "1e-99999",
  "9".repeat(400),
  "2026-11-27",
  "\ud800",
  "x",
  '"a b"',
  '"\\"\\n\\u00e9"',
  '"\\x1b"',
];

const line = fc
  .array(fc.tuple(fc.constantFrom(...NAMES), fc.oneof(fc.constantFrom(...VALUES), fc.constantFrom("[REDACTED]"))), {
    minLength: 2,
    maxLength: 8,
  })
  .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join(" "));

it("Members that a parser has taken apart become the fields that those of its JSON do, whatever their names and values", () => {
  let parsed = 0;
  const property = fc.property(line, (text) => {
    if (!parseKeyValue(text)) return;
    parsed++;
    // Without `inSlots`, its JSON is read.
    const expected = documentBy(text, (message) => parseKeyValue(message));
    expect(JSON.parse(documentBy(text, parseKeyValue))).toEqual(JSON.parse(expected));
  });
  fc.assert(property, { numRuns: 1_000 });
  expect(parsed).toBeGreaterThan(500);
});
