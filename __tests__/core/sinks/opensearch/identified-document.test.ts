import fc from "fast-check";
import { textHash } from "../../../../core/events/document-id";
import { valuesAt } from "../../../../core/messages/message-fields";
import type { StreamParsing } from "../../../../core/parsers/message-parsing";
import { recordFields } from "../../../../core/sinks/opensearch/document";
import { identifiedDocumentOf } from "../../../../core/sinks/opensearch/identified-document";
import { messageDocumentOf } from "../../../../core/sinks/opensearch/parsed-document";
import { anyText, jsonObjectText } from "../../../support/json-texts";

const TIME = "2026-11-21T03:00:00.000Z";
const OWN = recordFields({ owner: "111111111111", logGroup: "shop", logStream: "DirectPut" }, "eu-central-1");
const UUID = "9b2f1c1e-4f1a-4b7e-8c3d-0123456789ab";
const HASH = expect.stringMatching(/^[\w-]{16}$/);

const parsingBy = (parse: StreamParsing["parse"]): StreamParsing => ({
  ...{ parse, needsSignature: false, keepMessage: true, eventOriginal: false, counts: { parsed: 0, failed: 0 } },
});
const NONE = parsingBy(() => undefined);

const documentOf = (message: string, parsing = NONE) =>
  JSON.parse(identifiedDocumentOf(message, TIME, OWN, parsing, textHash(message)));
const members = (message: string, parsing = NONE) => {
  const { "@timestamp": _, cloud, aws, ...rest } = documentOf(message, parsing);
  return rest;
};

describe("identifiedDocumentOf", () => {
  it.each([
    ["a line of text", "GET /", { message: "GET /", event: { id: HASH } }],
    ["an object", '{"a":1}', { a: 1, event: { id: HASH } }],
    ["an object with an event", '{"event":{"action":"x"}}', { event: { action: "x", id: HASH } }],
    ["one with dotted names", '{"event.action":"x"}', { "event.action": "x", event: { id: HASH } }],
  ])("adds a hash of the message to %s", (_, message, expected) => {
    expect(members(message)).toEqual(expected);
  });

  it.each([
    ["dotted", { "event.id": UUID, a: 1 }],
    ["in an object", { event: { id: UUID } }],
    ["of any form", { event: { id: "order-7" } }],
  ])("leaves an id of the line's own, %s, where it is, and the document as the forwarder writes it", (_, object) => {
    const message = JSON.stringify(object);
    expect(identifiedDocumentOf(message, TIME, OWN, NONE, "the-id")).toBe(messageDocumentOf(message, TIME, OWN, NONE));
  });

  it.each([
    ["is a text", { event: "login" }],
    ["has an id that is no text", { event: { id: 7 } }],
    ["has an empty id", { event: { id: "" } }],
    ["is null", { event: null }],
  ])("moves an event to json that %s, because a document has one type of event.id", (_, object) => {
    expect(members(JSON.stringify(object))).toEqual({ event: { id: HASH }, json: object });
  });

  it.each([
    ["two texts", { event: { id: "order-7" }, "event.id": UUID }, UUID],
    ["one of them empty", { event: { id: "" }, "event.id": UUID }, UUID],
    ["the dotted one empty", { "event.id": "", event: { id: UUID } }, HASH],
    ["neither as the client library writes it", { event: { id: "a" }, "event.id": "b" }, HASH],
    ["a list of events", { "event.id": UUID, event: [{ id: "a" }] }, UUID],
    ["a dot that engines drop", { "event.id": UUID, "event.id.": "a" }, UUID],
  ])("moves both to json where a line has two ids by different names: %s", (_, object, id) => {
    expect(members(JSON.stringify(object))).toEqual({ event: { id }, json: object });
  });

  it("writes one event.id, whatever names and values a line has for it", () => {
    const value = fc.constantFrom<unknown>(
      "",
      UUID,
      "order-7",
      7,
      null,
      ["a"],
      {},
      { id: "a" },
      { id: "" },
      [{ id: "b" }],
      { "id.": "c" },
    );
    const line = fc.dictionary(fc.constantFrom("event", "event.id", "event.id.", "event.", "event.action", "a"), value);
    fc.assert(
      fc.property(line, (object) => {
        const ids = [...valuesAt(documentOf(JSON.stringify(object)), ["event", "id"])];
        expect(ids).toEqual([expect.stringMatching(/./)]);
      }),
    );
  });

  it("adds it beside a parser's fields, and keeps the id that a parser has found", () => {
    const parsing = (event: { id?: string; action: string }) => parsingBy(() => ({ fields: { event } }));
    expect(members("line", parsing({ action: "x" }))).toEqual({ message: "line", event: { action: "x", id: HASH } });
    expect(members("line", parsing({ action: "x", id: "7" }))).toEqual({
      message: "line",
      event: { action: "x", id: "7" },
    });
  });

  it("adds it beside fields that a user's pattern has extracted", () => {
    const parsing = parsingBy((message) => ({
      fields: {},
      isUnknown: true,
      message,
      userFields: { "event.kind": "k" },
    }));
    expect(members("line", parsing)).toEqual({ message: "line", event: { kind: "k", id: HASH } });
  });

  it.each([
    ["its own", { "event.id": UUID }, UUID],
    ["a hash", {}, HASH],
  ])("gives %s id to a message that is text because an engine might not survive its fields", (_, object, id) => {
    const message = JSON.stringify({ ...object, ["a.".repeat(200)]: 1 });
    expect(documentOf(message)).toMatchObject({
      event: { id },
      message,
      aws: { cloudwatch: { rejection: "rejected: deeper than 100 levels" } },
    });
  });

  it("counts a parser that throws, and writes the message as it is", () => {
    const parsing = parsingBy(() => {
      throw new Error("a defect");
    });
    expect(members("line", parsing)).toEqual({ message: "line", event: { id: HASH } });
    expect(parsing.counts).toEqual({ parsed: 0, failed: 1 });
  });

  it("gives equal messages the same id, and others another one", () => {
    const idOf = (message: string): string => documentOf(message).event.id;
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        expect(idOf(a) === idOf(b)).toBe(a === b);
      }),
    );
  });

  it("changes nothing else of a document", () => {
    fc.assert(
      fc.property(fc.oneof(jsonObjectText, anyText), (message) => {
        const { event, ...rest } = documentOf(message);
        expect(event).toEqual({ id: HASH });
        expect(rest).toEqual(JSON.parse(messageDocumentOf(message, TIME, OWN, NONE)));
      }),
    );
  });
});
