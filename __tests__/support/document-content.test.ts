import fc from "fast-check";
import { documentOf, recordFields } from "../../core/sinks/opensearch/document";
import { contentOfDocument, contentOfMessage } from "./document-content";
import { envelope } from "./kinesis";

const fields = recordFields(envelope([]), "eu-central-1");
const document = (message: string) => JSON.parse(documentOf(message, "2026-11-21T03:00:00.000Z", fields));

describe("contentOfDocument", () => {
  it.each([
    "ilikecats",
    "2026-11-21",
    '{"level":"info","log":{"level":"warn"}}',
    '{"log":{"file":"x","level":"warn"}}',
    '{"log":"text","cloud":"none","@timestamp":1,"json":{"a":1},"aws":null}',
    '{"log.level":"info","log":{}}',
    '{"message":7}',
  ])("is the content of %s", (message) => {
    expect(contentOfDocument(document(message), message)).toEqual(contentOfMessage(message));
  });

  it("is the content of any JSON object", () => {
    const objects = fc.dictionary(
      fc.constantFrom("log", "file", "message", "json", "aws", "cloud", "a", "log.file"),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(objects, (object) => {
        const message = JSON.stringify(object);
        expect(contentOfDocument(document(message), message)).toEqual(contentOfMessage(message));
      }),
    );
  });

  it("differs for a member that is lost or changed", () => {
    const source = document('{"a":1,"log":{"level":"warn"}}');
    expect(contentOfDocument(source, '{"a":1,"b":2}')).not.toEqual(contentOfMessage('{"a":1,"b":2}'));
    expect(contentOfDocument(source, '{"a":2}')).not.toEqual(contentOfMessage('{"a":2}'));
    expect(contentOfDocument(source, '{"log":{}}')).not.toEqual(contentOfMessage('{"log":{}}'));
  });

  it("is the exact text for an object that was indexed as text", () => {
    const rejected = (message: string) => ({ aws: { cloudwatch: { rejection: "rejected: 400" } }, message });
    expect(contentOfDocument(rejected('{"a":1}'), '{"a":1}')).toEqual({ a: 1 });
    expect(contentOfDocument(rejected('{"a": 1}'), '{"a":1}')).toBe('{"a": 1}');
  });

  it("is the text of a line whose beginning a parser made fields of, only if each of its words is in one", () => {
    const line = "2026-11-21T03:00:00.000Z WARN [worker-3] order 7 paid";
    const fields = { log: { level: "warn" }, process: { thread: { name: "worker-3" } } };
    expect(contentOfDocument({ ...fields, message: "order 7 paid" }, line)).toBe(line);
    expect(contentOfDocument({ ...fields, message: "7 paid" }, line)).not.toBe(line);
    expect(contentOfDocument({ ...fields, message: "order 7" }, line)).not.toBe(line);
    expect(contentOfDocument({ ...fields, log: {}, message: "order 7 paid" }, line)).not.toBe(line);
    expect(contentOfDocument(fields, line)).not.toBe(line);
  });

  it("is the content of an object of AWS under the names of ECS, only if each of its values is in a field", () => {
    const message = '{"timestamp":1795230001881,"action":"BLOCK","args":"","httpVersion":"HTTP/2.0","code":null}';
    const event = { dataset: "aws.waf", start: "2026-11-21T03:00:01.881Z", action: "BLOCK" };
    const source = { event, http: { version: "2.0" } };
    expect(contentOfDocument(source, message)).toEqual(contentOfMessage(message));
    expect(contentOfDocument({ event }, message)).not.toEqual(contentOfMessage(message));
    expect(contentOfDocument({ ...source, event: { ...event, start: "" } }, message)).not.toEqual(
      contentOfMessage(message),
    );
  });
});
