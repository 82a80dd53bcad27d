import fc from "fast-check";
import { informativeFields, summaryOf, textsOf } from "../../../local/report/message";

const CLOUDTRAIL =
  '{"eventVersion":"1.08","userIdentity":{"type":"AWSService"},"eventTime":"2021-12-02T22:11:24Z",' +
  '"eventSource":"s3.amazonaws.com","eventName":"GetBucketAcl","awsRegion":"eu-west-1","requestParameters":null}';

describe("summaryOf", () => {
  it.each([
    ["text", 'GET "/" [200]', 'GET "/" [200]'],
    ["text of several lines", "Traceback\n  at x", "Traceback at x"],
    ["a message in JSON", '{"level":"warn","message":"disk at 91 %"}', "disk at 91 %"],
    ["a log of text in JSON", '{"stream":"stdout","log":"GET /\\n"}', "GET /"],
    ["a message and a log in JSON", '{"log":"GET /","message":"paid"}', "paid"],
    ["an empty message in JSON", '{"message":"","level":"warn"}', "level=warn"],
    ["what is no object", '["a"]', '["a"]'],
    ["an object without members", "{}", "{}"],
    ["what only looks like JSON", "{not json", "{not json"],
    ["values with spaces or quotes", '{"msg":"order paid","n":3,"q":"a\\"b"}', 'msg="order paid" n=3 q="a\\"b"'],
    ["escape sequences in JSON", '{"msg":"\\u001b[2Jgone"}', "msg=gone"],
  ])("shows %s", (_, message, summary) => {
    expect(summaryOf(message)).toBe(summary);
  });

  it("shows informative members first, then other scalars, then identifiers, and objects and arrays last", () => {
    expect(summaryOf(CLOUDTRAIL)).toBe(
      "eventName=GetBucketAcl eventSource=s3.amazonaws.com awsRegion=eu-west-1 eventVersion=1.08 " +
        'eventTime=2021-12-02T22:11:24Z userIdentity={"type":"AWSService"}',
    );
  });

  it("accepts any line", () => {
    const deep = `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`;
    expect(summaryOf(deep)).toMatch(/^\{"a":\{"a":/);
    expect(summaryOf(`${"x".repeat(1_000_000)}`)).toMatch(/^x+$/);
    fc.assert(fc.property(fc.oneof(fc.json(), fc.string({ unit: "binary" })), (line) => void summaryOf(line)));
  });
});

describe("informativeFields", () => {
  it.each([
    ["text", "a text", ["message"]],
    ["a message in JSON", '{"level":"warn","message":"x"}', ["message"]],
    ["a log of text in JSON", '{"stream":"stdout","log":"x"}', ["message"]],
    ["a log that is an object", '{"log":{"level":"warn"},"stream":"stdout"}', ["stream"]],
    ["a date as message", '{"message":"2026-11-21"}', ["json.message"]],
    [
      "objects' names with texts",
      '{"error":"declined","log":7,"service.name":"shop"}',
      ["json.error", "json.log", "service.name"],
    ],
    ["other JSON", CLOUDTRAIL, ["eventName", "eventSource", "awsRegion"]],
    ["members that collide", '{"message":3,"cloud":"gcp"}', ["json.message", "json.cloud"]],
  ])("names the informative fields in the document of %s", (_, message, fields) => {
    expect(informativeFields(message)).toEqual(fields);
  });
});

describe("textsOf", () => {
  it("returns a text unchanged", () => {
    expect(textsOf(" a\nb ")).toEqual([" a\nb "]);
  });

  it("returns all values of JSON, strings before numbers, and no empty ones", () => {
    expect(textsOf('{"n":1,"a":{"b":["x",null,true,"",2]},"msg":"m"}')).toEqual(["m", "x", "1", "2"]);
  });
});
