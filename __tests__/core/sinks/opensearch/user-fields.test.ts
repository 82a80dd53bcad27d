import fc from "fast-check";
import { fieldExtractor } from "../../../../core/messages/extraction";
import { MessageParsing, type ParsingOptions } from "../../../../core/parsers/message-parsing";
import type { ParsedMessage } from "../../../../core/parsers/parsed-message";
import type { FieldExtraction } from "../../../../core/settings/extracted-fields";
import { documentOf, recordFields } from "../../../../core/sinks/opensearch/document";
import { messageDocumentOf } from "../../../../core/sinks/opensearch/parsed-document";
import { textReason } from "../../../../core/sinks/opensearch/text-reason";
import { nearlyDate } from "../../../support/dates";
import { anyText, jsonObjectText } from "../../../support/json-texts";

const TIME = "2026-11-21T03:00:00.000Z";
const OWN = recordFields({ owner: "111111111111", logGroup: "foo", logStream: "bar" }, "eu-central-1");

function documentWith(fields: readonly FieldExtraction[], message: string, options: Partial<ParsingOptions> = {}) {
  const parsing = new MessageParsing({
    ...{ parser: "none", fields: [], keepMessage: true, eventOriginal: false, extract: fieldExtractor(fields) },
    ...options,
  });
  const written = messageDocumentOf(message, TIME, OWN, parsing.of({ logGroup: "foo", logStream: "bar" }));
  return { written, counts: parsing.takeCounts() };
}

/** The document without the fields that every document has. */
function added(fields: Record<string, string>, message: string, options?: Partial<ParsingOptions>, from = "message") {
  const list = Object.entries(fields).map(([name, pattern]) => ({ name, from, pattern }));
  const { "@timestamp": _, cloud, aws, ...rest } = JSON.parse(documentWith(list, message, options).written);
  return rest;
}

describe("a document with fields of the user's own", () => {
  it("has them beside the message, in objects by their dotted names", () => {
    expect(added({ page: "a", "shop.order.id": "b", "shop.name": "c" }, "abc")).toEqual({
      message: "abc",
      page: "a",
      shop: { order: { id: "b" }, name: "c" },
    });
  });

  it("has them in the objects of a JSON message, all other bytes of which stay", () => {
    const { written } = documentWith(
      [
        { name: "url.page", from: "url.path", pattern: "[a-z]+" },
        { name: "url.q.first", from: "url.path", pattern: "[a-z]" },
        { name: "level", from: "url.path", pattern: "." },
        { name: "empty.x", from: "url.path", pattern: "." },
      ],
      '{"url" : {"path":"/cats", "n":1.00, "q": { "a":[{}] }},"empty":{ },"big":12345678901234567890}',
    );
    expect(written.slice(documentOf("{}", TIME, OWN).length - 1)).toBe(
      ',"url":{"path":"/cats","n":1.00,"q":{"a":[{}],"first":"c"},"page":"cats"},"empty":{"x":"/"},"big":12345678901234567890,"level":"/"}',
    );
  });

  it("has them in the objects of a parser, and of JSON behind its prefix", () => {
    const line = '2026-01-01T00:00:00.000Z\tid\tINFO\t{"user":{"id":7},"log":"text"}';
    const fields = { "user.page": "text", "log.origin": "INFO", "faas.a": "id" };
    expect(added(fields, line, { parser: "lambda" })).toEqual({
      user: { id: 7, page: "text" },
      log: { level: "info", origin: "INFO" },
      faas: expect.objectContaining({ a: "id" }),
      message: "text",
    });
  });

  it("keeps its message, has no event.original and is no parsed one, if a parser does not know the message", () => {
    for (const [message, rest] of [
      ["abc", { message: "abc" }],
      ['{"event":"abc"}', { event: "abc" }],
    ] as const) {
      const options = { parser: "auto", keepMessage: false, eventOriginal: true } as const;
      expect(added({ page: "a" }, message, options)).toEqual({ ...rest, page: "a" });
      expect(documentWith([{ name: "page", from: "message", pattern: "a" }], message, options).counts.parsed).toBe(0);
    }
  });

  it("has an application's text at its root, and a field in the object of that name", () => {
    expect(added({ "log.level": "INFO", "error.code": "\\d+" }, '{"log":"INFO 42","error":"x"}')).toEqual({
      message: "INFO 42",
      log: { level: "INFO" },
      error: { code: "42" },
      json: { error: "x" },
    });
  });

  it("is the same as without them where nothing is extracted, whatever the message", () => {
    const fields = [{ name: "page", from: "no.such.field", pattern: "." }];
    const property = fc.property(fc.oneof(anyText, jsonObjectText), (message) => {
      expect(documentWith(fields, message).written).toBe(documentOf(message, TIME, OWN));
    });
    fc.assert(property);
  });

  it("adds its fields to the document without them and changes nothing else, whatever the message", () => {
    const names = ["a", "a.b", "log.level", "constructor.x", "event.a", "toString"];
    const property = fc.property(
      fc.oneof(anyText, jsonObjectText),
      fc.subarray(names, { minLength: 1 }).filter((some) => !(some.includes("a") && some.includes("a.b"))),
      (message, some) => {
        const extractions = some.map((name) => ({ name, from: "message", pattern: "(?s).+" }));
        const document = JSON.parse(documentWith(extractions, message).written);
        const without = JSON.parse(documentOf(message, TIME, OWN));
        expect(textReason(JSON.stringify(document))).toBeUndefined();
        for (const name of some) remove(document, name.split("."), without);
        expect(document).toEqual(without);
      },
    );
    fc.assert(property, { numRuns: 300 });
  });

  it("takes no text for a date, whatever the field's name", () => {
    const property = fc.property(nearlyDate, (date) => {
      const document = added({ "order.start": "(?s).+", order_time: "(?s).+" }, date);
      expect([document.order?.start, document.order_time]).toEqual([document.message, document.message]);
    });
    fc.assert(property);
  });

  it("is text at once if an engine may not survive a field of it", () => {
    const digits = "7".repeat(1_001);
    const { written } = documentWith([{ name: "n", from: "message", pattern: "\\d+" }], `order ${digits}`);
    expect(JSON.parse(written)).toMatchObject({
      message: `order ${digits}`,
      aws: { cloudwatch: { rejection: expect.stringContaining("1001 digits") } },
    });
    expect(JSON.parse(written)).not.toHaveProperty("n");
  });

  it("costs an event its fields alone if extracting them fails", () => {
    const extract = () => {
      throw new Error("bug");
    };
    const { written, counts } = documentWith([], "a line", { extract });
    expect([written, counts]).toEqual([documentOf("a line", TIME, OWN), { parsed: 0, failed: 1 }]);
    const wrong = (): ParsedMessage => ({ fields: {}, json: "no object" });
    expect(documentWith([], "a line", { extract: wrong }).counts).toEqual({ parsed: 0, failed: 1 });
  });
});

type Tree = { [name: string]: unknown };

/** Removes a field that another document does not have, and the objects on the way to it that are empty without it. */
function remove(document: Tree, [name, ...rest]: readonly string[], without: unknown): void {
  const value = Object.hasOwn(document, name!) ? document[name!] : undefined;
  const other =
    typeof without === "object" && without && Object.hasOwn(without, name!) ? (without as Tree)[name!] : undefined;
  if (value === undefined || (rest.length === 0 && other !== undefined)) return;
  if (rest.length > 0 && typeof value === "object" && value) remove(value as Tree, rest, other);
  if (other === undefined && (rest.length === 0 || Object.keys(value as Tree).length === 0)) delete document[name!];
}
