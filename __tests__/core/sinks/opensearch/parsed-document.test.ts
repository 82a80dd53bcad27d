import fc from "fast-check";
import type { StreamParsing } from "../../../../core/parsers/message-parsing";
import { type FieldTree, NumberText, type ParsedMessage } from "../../../../core/parsers/parsed-message";
import { documentOf, recordFields } from "../../../../core/sinks/opensearch/document";
import { messageDocumentOf } from "../../../../core/sinks/opensearch/parsed-document";
import { textReason } from "../../../../core/sinks/opensearch/text-reason";
import { nearlyDate } from "../../../support/dates";
import { anyText, jsonObjectText } from "../../../support/json-texts";

const TIME = "2026-11-21T03:00:00.000Z";
const OWN = recordFields({ owner: "111111111111", logGroup: "foo", logStream: "bar" }, "eu-central-1", { ip: "::1" });
const OWN_FIELDS = {
  "@timestamp": TIME,
  cloud: { account: { id: "111111111111" }, region: "eu-central-1" },
  aws: { cloudwatch: { log_group: "foo", log_stream: "bar", extracted_fields: { ip: "::1" } } },
};

const parsingBy = (parse: StreamParsing["parse"], options: Partial<StreamParsing> = {}): StreamParsing => ({
  ...{ parse, needsSignature: false, keepMessage: true, eventOriginal: false, counts: { parsed: 0, failed: 0 } },
  ...options,
});

const written = (parsed: ParsedMessage, message = "line", options: Partial<StreamParsing> = {}) =>
  messageDocumentOf(
    message,
    TIME,
    OWN,
    parsingBy(() => parsed, options),
  );

/** The document without the fields that every document has. */
function added(parsed: ParsedMessage, message?: string, options?: Partial<StreamParsing>) {
  const { "@timestamp": _, cloud, aws, ...rest } = JSON.parse(written(parsed, message, options));
  return rest;
}

describe("messageDocumentOf", () => {
  it("writes a parser's fields beside the pipeline's own, into one object where both have one", () => {
    const fields = {
      cloud: { instance: { id: "i-1" }, region: "mars", account: { id: "222222222222" } },
      aws: { elb: { name: "app/shop/1" }, cloudwatch: { log_group: "another" } },
      http: { response: { status_code: new NumberText("200") } },
      tags: ["a", true, 7, []],
    };
    expect(JSON.parse(written({ fields }))).toEqual({
      ...OWN_FIELDS,
      cloud: { ...OWN_FIELDS.cloud, instance: { id: "i-1" } },
      aws: { ...OWN_FIELDS.aws, elb: { name: "app/shop/1" } },
      http: { response: { status_code: 200 } },
      tags: ["a", true, 7, []],
      message: "line",
    });
  });

  it("writes numbers as the line has them", () => {
    const fields = { aws: { elb: { first: new NumberText("0.000"), second: new NumberText("12345678901234567890") } } };
    expect(written({ fields })).toContain('"elb":{"first":0.000,"second":12345678901234567890}');
  });

  it.each<[string, ParsedMessage, string, object]>([
    ["the whole message", { fields: {} }, "a line", { message: "a line" }],
    ["what the parser left of it", { fields: {}, message: "rest" }, "a line", { message: "rest" }],
    ["none of a JSON object", { fields: {} }, ' {"a":1}', {}],
    ["the whole of a text that only begins like JSON", { fields: {} }, "{a}", { message: "{a}" }],
    ["none of JSON in the message without one", { fields: {}, json: '{"a":1}' }, 'x {"a":1}', { a: 1 }],
    ["that of JSON in the message", { fields: {}, json: '{"message":"m"}' }, 'x {"message":"m"}', { message: "m" }],
  ])("has as the message %s", (_, parsed, message, expected) => {
    expect(added(parsed, message)).toEqual(expected);
  });

  it("leaves a message out that became fields wholly, if it is told to, and keeps what is left of one", () => {
    expect(added({ fields: {} }, "a line", { keepMessage: false })).toEqual({});
    expect(added({ fields: {}, message: "rest" }, "a line", { keepMessage: false })).toEqual({ message: "rest" });
    expect(added({ fields: {}, json: '{"a":"b"}', isJson: false }, "a=b", { keepMessage: false })).toEqual({ a: "b" });
    expect(added({ fields: {}, json: '{"a":"b"}', isJson: false }, "a=b")).toEqual({ a: "b", message: "a=b" });
  });

  it("adds the whole message as event.original beside the parser's own, if it is told to", () => {
    const fields = { event: { outcome: "success", original: "another" } };
    expect(added({ fields, message: "rest" }, "a line", { eventOriginal: true })).toEqual({
      event: { outcome: "success", original: "a line" },
      message: "rest",
    });
    expect(added({ fields: {} }, "a line", { eventOriginal: true }).event).toEqual({ original: "a line" });
  });

  it("puts members of JSON in a message where those of a JSON message go, and below json beside a parser's own", () => {
    const json =
      '{ "log.level": "x", "aws": 1, "n": 12345678901234567890,\n "err": "text", "level":"info", "log":{"a":1}}';
    const document = written({ fields: { log: { level: "warn" } }, json });
    expect(document).toContain('"n":12345678901234567890,"level":"info","json":{');
    expect(JSON.parse(document)).toMatchObject({
      ...OWN_FIELDS,
      log: { level: "warn" },
      json: { "log.level": "x", aws: 1, err: "text", log: { a: 1 } },
    });
    expect(document).not.toContain("\n");
    expect(JSON.parse(document)).not.toHaveProperty("message");
    expect(added({ fields: {}, json: '{"message":"m","log":"l"}', message: "rest" })).toEqual({
      message: "rest",
      json: { message: "m", log: "l" },
    });
    expect(added({ fields: {}, json: '{"log":{"a":1}}' })).toEqual({ log: { a: 1 } });
    expect(added({ fields: {}, json: '{"log":"l"}' })).toEqual({ message: "l" });
    expect(added({ fields: {}, json: '{"log":"l"}', message: "rest" })).toEqual({
      message: "rest",
      json: { log: "l" },
    });
    expect(added({ fields: { log: { level: "warn" } }, json: '{"log":"l"}' })).toEqual({
      log: { level: "warn" },
      message: "l",
    });
    expect(added({ fields: {}, json: '{"event":"l"}' }, "x", { eventOriginal: true })).toMatchObject({
      json: { event: "l" },
    });
  });

  it("lets no text that is a date, but those of fields of dates, decide the type of its field", () => {
    const fields = { event: { start: "2026-11-21T10:00:00Z" }, user_agent: { original: "2026-11-21" } };
    expect(added({ fields, message: "2026-11-22" })).toEqual({
      event: { start: "2026-11-21T10:00:00Z" },
      user_agent: { original: "2026-11-21\n" },
      message: "2026-11-22\n",
    });
    expect(added({ fields: { event: { start: "+2026-11-21 " } } }).event.start).not.toMatch(/^2/);
  });

  it("writes a lone surrogate as U+FFFD in any name and text", () => {
    expect(added({ fields: { "a\ud800": "b\udfff" } })).toEqual({ "a\ufffd": "b\ufffd", message: "line" });
  });

  it.each<[string, ParsedMessage]>([
    ["a number with a tiny exponent, as text", { fields: { url: { path: "1e-20000" } } }],
    ["a number of too many digits, as text", { fields: { url: { path: "7".repeat(1001) } } }],
    ["levels", { fields: [...Array(101)].reduce((tree) => ({ a: tree }), {}) as FieldTree }],
    ["levels of lists", { fields: { a: [...Array(101)].reduce((list) => [list], []) } }],
    ["values", { fields: { a: Array(20_001).fill("x") } }],
    ["a long name", { fields: { ["n".repeat(513)]: "x" } }],
    ["dots", { fields: { [".a".repeat(101)]: "x" } }],
    ["a name twice in JSON", { fields: {}, json: '{"a":{"b":1,"b":2}}' }],
    ["deep JSON", { fields: {}, json: `{"a":${"[".repeat(101)}${"]".repeat(101)}}` }],
  ])("indexes a message as text at once whose fields an engine may not survive: %s", (_, parsed) => {
    expect(JSON.parse(written(parsed, "the line"))).toEqual({
      ...OWN_FIELDS,
      aws: { cloudwatch: { log_group: "foo", log_stream: "bar", rejection: expect.stringMatching(/^rejected: .+/) } },
      message: "the line",
    });
  });

  it.each<[string, StreamParsing["parse"]]>([
    [
      "throws",
      () => {
        throw new Error("bug");
      },
    ],
    ["writes a number that is none", () => ({ fields: { a: new NumberText("1.") } })],
    ["writes a text where the pipeline has an object", () => ({ fields: { aws: "x" } })],
    ["takes something else for JSON", () => ({ fields: {}, json: "{" })],
    ["takes a list for an object", () => ({ fields: {}, json: "[]" })],
  ])("leaves a message as it is whose parser %s, and counts it", (_, parse) => {
    const parsing = parsingBy(parse);
    expect(messageDocumentOf("line", TIME, OWN, parsing)).toBe(documentOf("line", TIME, OWN));
    expect(parsing.counts).toEqual({ parsed: 0, failed: 1 });
  });

  it("leaves a message as it is that its parser does not know", () => {
    const parsing = parsingBy(() => undefined);
    expect(messageDocumentOf('{"a":1}', TIME, OWN, parsing)).toBe(documentOf('{"a":1}', TIME, OWN));
    expect(parsing.counts).toEqual({ parsed: 0, failed: 0 });
  });

  it("writes one line of valid JSON, without a name twice and with its own fields, whatever a parser makes of a message", () => {
    const name = fc.oneof(
      fc.constantFrom("cloud", "aws", "event", "log", "http", "region", "original", "cloudwatch", "start", "__proto__"),
      anyText,
    );
    const { tree } = fc.letrec<{ tree: FieldTree; value: FieldTree[string] }>((tie) => ({
      tree: fc.dictionary(name, tie("value"), { maxKeys: 5 }),
      value: fc.oneof(
        { depthSize: "small" },
        fc.oneof(anyText, nearlyDate),
        fc.constantFrom(0, -1.5, true, new NumberText("0.00"), new NumberText("-7")),
        fc.array(tie("value"), { maxLength: 3 }),
        tie("tree"),
      ),
    }));
    const parsed = fc.record({ fields: tree, json: jsonObjectText, message: anyText }, { requiredKeys: ["fields"] });
    const property = fc.property(
      parsed,
      anyText,
      fc.boolean(),
      fc.boolean(),
      (one, message, keepMessage, eventOriginal) => {
        const document = written(one, message, { keepMessage, eventOriginal });
        expect(document).not.toMatch(/[\r\n]/);
        expect(document.isWellFormed()).toBe(true);
        expect(textReason(document)).toBeUndefined();
        const { rejection: _, ...cloudwatch } = JSON.parse(document).aws.cloudwatch;
        expect({ extracted_fields: { ip: "::1" }, ...cloudwatch }).toEqual(OWN_FIELDS.aws.cloudwatch);
        expect(JSON.parse(document)).toMatchObject({ "@timestamp": TIME, cloud: OWN_FIELDS.cloud });
      },
    );
    fc.assert(property, { numRuns: 2_000 });
  });
});
