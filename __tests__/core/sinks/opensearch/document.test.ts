import { documentOf, recordFields, textDocumentOf } from "../../../../core/sinks/opensearch/document";
import { envelope } from "../../../support/kinesis";

const TIME = "2026-11-21T03:00:00.000Z";
const FIELDS = recordFields(envelope([]), "eu-central-1");
const HEAD =
  `{"@timestamp":"${TIME}","cloud":{"account":{"id":"111111111111"},"region":"eu-central-1"},` +
  '"aws":{"cloudwatch":{"log_group":"foo","log_stream":"stream-1"}}';

/** What a message adds to the document of its record. */
function added(message: string): string {
  const document = documentOf(message, TIME, FIELDS);
  expect(document.startsWith(HEAD)).toBe(true);
  return document.slice(HEAD.length, -1).replace(/^,/, "");
}

/** A JSON object of `count` members. */
const objectOf = (count: number, name: (n: number) => string): string =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, n) => [name(n), n])));

const TOO_MANY = "more than 20000 names, dots in names and values of arrays";
const LONG_PATHS = "paths of more than 4194304 characters in all";

/** The document has members of its own, and no rejection. */
function expectFields(message: string): void {
  const document = documentOf(message, TIME, FIELDS);
  expect(document.slice(0, HEAD.length + 1)).toBe(`${HEAD},`);
  expect(JSON.parse(document)).not.toHaveProperty("message");
}

function expectText(message: string, reason: string): void {
  const document = JSON.parse(documentOf(message, TIME, FIELDS));
  expect(document.message).toBe(message);
  expect(document.aws.cloudwatch.rejection).toBe(`rejected: ${reason}`);
}

describe("documentOf", () => {
  it.each([
    ["ilikecats", '"message":"ilikecats"'],
    ['{"labels.run":"a","b":1,"labels":{"app":"c"}}', '"b":1,"labels":{"run":"a","app":"c"}'],
    ["", '"message":""'],
    ['say "hi"\n\t\u0000', '"message":"say \\"hi\\"\\n\\t\\u0000"'],
    ["[1,2]", '"message":"[1,2]"'],
    ['"text"', '"message":"\\"text\\""'],
    ["42", '"message":"42"'],
    ["null", '"message":"null"'],
    ["{not json}", '"message":"{not json}"'],
    ['{"a":1} ', '"a":1'],
    ['{"a":1}x', '"message":"{\\"a\\":1}x"'],
    ['\u00a0{"a":1}', '"message":"\u00a0{\\"a\\":1}"'],
    ["2026-11-21", '"message":"2026-11-21\\n"'],
    ["2026/11/21 03:00:00", '"message":"2026/11/21 03:00:00\\n"'],
    ["2026-11-21T03:00:00,123+01:00", '"message":"2026-11-21T03:00:00,123+01:00\\n"'],
    ["2026-11-21 it rains", '"message":"2026-11-21 it rains"'],
    ['{"message":"2026-11-21"}', '"json":{"message":"2026-11-21"}'],
    ['{"message":"a","b":1}', '"message":"a","b":1'],
    ['{"message":"a","cloud":1}', '"message":"a","json":{"cloud":1}'],
    ["{}", ""],
    ["half \ud83d, whole \ud83d\ude00", '"message":"half \ufffd, whole \ud83d\ude00"'],
  ])("writes %j as %s", (message, expected) => {
    expect(added(message)).toBe(expected);
  });

  it.each(["12345678901234567890", "-9007199254740993", "0.1000000000000000055511151231257827", "1.0", "1E400", "-0"])(
    "keeps the number %s digit by digit, at the root and in json",
    (number) => {
      expect(added(`{"n":${number}}`)).toBe(`"n":${number}`);
      expect(added(`{"cloud":[${number}]}`)).toBe(`"json":{"cloud":[${number}]}`);
      expect(added(`{"log":{"n":${number}}}`)).toBe(`"log":{"n":${number}}`);
    },
  );

  it.each([
    ["{}", ""],
    ["{ \r\n }", ""],
    ['{\n  "level": "info",\r\n  "user": { "id": 7 }\n}', '"level": "info",  "user": { "id": 7 }'],
    ['{"a":"x\\ny \\u0022"}', '"a":"x\\ny \\u0022"'],
    ['{"half":"\ud83d"}', '"half":"\ufffd"'],
  ])("writes the members of %j letter for letter, on one line", (message, expected) => {
    expect(added(message)).toBe(expected);
  });

  it.each([
    ['{"@timestamp":1,"a":2}', '"a":2,"json":{"@timestamp":1}'],
    ['{"\\u0040timestamp":1}', '"json":{"\\u0040timestamp":1}'],
    ['{"cloud":"gcp"}', '"json":{"cloud":"gcp"}'],
    ['{"cloud.region":"x"}', '"json":{"cloud.region":"x"}'],
    ['{"aws":{"a":{"b":1}},"c":[]}', '"c":[],"json":{"aws":{"a":{"b":1}}}'],
    ['{"json":{"a":1},"json.b":2}', '"json":{"json":{"a":1},"json.b":2}'],
    ['{"_id":"x","_source":1,"_mine":2}', '"_mine":2,"json":{"_id":"x","_source":1}'],
    ['{"message":{"a":1}}', '"json":{"message":{"a":1}}'],
    ['{"message":null}', '"json":{"message":null}'],
    ['{"message.x":1}', '"json":{"message.x":1}'],
    ['{"log":"text","a":1}', '"message":"text","a":1'],
    ['{"a":1,"log":"half\\u000a"}', '"a":1,"message":"half\\u000a"'],
    ['{ "log" : "text" , "aws" : 1 }', '"message":"text","json":{"aws":1}'],
    ['{"log":"text","message":"own"}', '"message":"own","json":{"log":"text"}'],
    ['{"message":7,"log":"text"}', '"json":{"message":7,"log":"text"}'],
    ['{"log":"2026-11-21"}', '"json":{"log":"2026-11-21"}'],
    ['{"log":7}', '"json":{"log":7}'],
    ['{"log":["text"]}', '"json":{"log":["text"]}'],
    ['{"log.":"text"}', '"json":{"log.":"text"}'],
    ['{"service":"shop"}', '"json":{"service":"shop"}'],
    ['{"error":["x"]}', '"json":{"error":["x"]}'],
    ['{"err":null}', '"json":{"err":null}'],
    ['{"error.":{"type":"x"}}', '"json":{"error.":{"type":"x"}}'],
    ['{"error.type":"x"}', '"error.type":"x"'],
    ['{"service":{"name":"shop"}}', '"service":{"name":"shop"}'],
    [
      '{"log":{"level":"warn","file":{"path":"x"}},"log.file.name":"y"}',
      '"log":{"level":"warn","file":{"path":"x"}},"log.file.name":"y"',
    ],
    ['{"log.level.":"x"}', '"log.level.":"x"'],
    ['{"log.":{"level":"x"}}', '"json":{"log.":{"level":"x"}}'],
    ['{"log..":{"level":"x"}}', '"json":{"log..":{"level":"x"}}'],
    ['{"\\u006cog\\u002e":{"file":1}}', '"json":{"\\u006cog\\u002e":{"file":1}}'],
    ['{"message.":"x"}', '"json":{"message.":"x"}'],
    ['{"cloud.":1,"@timestamp..":2,"_id.":3}', '"json":{"cloud.":1,"@timestamp..":2,"_id.":3}'],
    ['{"log":{}}', '"log":{}'],
    ['{"clouds":1,"logs":2}', '"clouds":1,"logs":2'],
  ])("places the members of %s: %s", (message, expected) => {
    expect(added(message)).toBe(expected);
  });

  it.each([
    ["objects in each other", (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`],
    ["arrays in each other", (levels: number) => `{"a":${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}}`],
    ["a dotted name", (levels: number) => `{"${"a.".repeat(levels - 1)}a":1}`],
    ["a dotted name with escapes", (levels: number) => `{"${"a\\u002e".repeat(levels - 1)}a":1}`],
    ["dotted names in objects", (levels: number) => `{"b":1,"a.a.a":{"x":[],"${"a.".repeat(levels - 4)}a":"..."}}`],
  ])("writes %s as fields up to 100 levels, and as text from there on", (_, json) => {
    expectFields(json(100));
    for (const levels of [101, 100_000]) {
      const document = JSON.parse(documentOf(json(levels), TIME, FIELDS));
      expect(document.message).toBe(json(levels));
      expect(document.aws.cloudwatch.rejection).toBe("rejected: deeper than 100 levels");
    }
  });

  it.each(["1e-1000", "-1.5E-100000000", " 1e-9999 ", "\u0661e-\u0661\u0660\u0660\u0660", ".1e-0001"])(
    "writes a message with the text %j as text, because OpenSearch would write the number out",
    (value) => {
      const messages = [{ n: value }, { a: [{ b: [value] }] }, { cloud: value }].map((one) => JSON.stringify(one));
      // JavaScript's parser sees the last value of a name, an engine's the first one first.
      const twice = JSON.stringify({ n: value }).replace("}", ',"n":1}');
      for (const json of [...messages, twice]) {
        for (const text of [json, json.replace("e-", "\\u0065\\u002d")]) {
          const document = JSON.parse(documentOf(text, TIME, FIELDS));
          expect(document.message).toBe(text);
          expect(document.aws.cloudwatch.rejection).toBe("rejected: a number of too many digits, as text");
        }
      }
    },
  );

  it.each(['"1e-999"', "1e-1000", '"1e1000000"', '"x1e-1000"', '"1e-1000x"', '"12e45678"', '"550e-8400-e29b"'])(
    "writes a message with the value %s as fields",
    (value) => {
      expectFields(`{"n":${value}}`);
    },
  );

  it("writes a message of a million values as text: parsed, they would fill the memory", () => {
    const wide = `{"n":[${"1,".repeat(1_000_000)}1]}`;
    expect(JSON.parse(documentOf(wide, TIME, FIELDS))).toMatchObject({ message: wide });
  });

  it.each([
    ['{"a":1,"a":2}', "at the root"],
    ['{"a":[{"b":{"c":1,"d":2,"c":3}}]}', "at any depth"],
    ['{"a":1,"\\u0061":2}', "by an escape"],
    ['{"":1,"":2}', "of no characters"],
    ['{"log":{"a":1},"log":{"b":2}}', "of a name that may move"],
    ['{"__proto__":1,"__proto__":2}', "that JavaScript treats differently"],
    [`{"a":{${Array.from({ length: 50 }, (_, n) => `"k${n}":1`)},"k17":2}}`, "after many others"],
  ])("writes %j as text: a name twice in one object, %s", (message) => {
    expectText(message, "a name twice in one object");
  });

  it("writes objects as fields that have the names of other objects, or names that differ in their dots", () => {
    for (const message of ['{"a":{"a":1},"b":[{"a":1},{"a":2}]}', '{"a":1,"a.":2,"A":3}']) {
      expectFields(message);
    }
  });

  it("finds a name twice in an object after 3,000 others of the same names", () => {
    const objects = Array.from({ length: 3_000 }, () => '{"a":1,"b":2,"c":3}');
    expectFields(`{"list":[${objects}]}`);
    expectText(`{"list":[${objects},{"a":1,"a":2}]}`, "a name twice in one object");
  });

  it.each<[what: string, message: (count: number) => string, limit: number, reason: string]>([
    ["names", (count) => objectOf(count, (n) => `k${n}`), 20_000, TOO_MANY],
    ["names and dots in them", (count) => objectOf(count / 10, (n) => `k${n}${".x".repeat(9)}`), 20_000, TOO_MANY],
    [
      "names in an array's objects",
      (count) => JSON.stringify({ list: Array(count / 2 - 1).fill({ a: 1 }) }),
      20_000,
      TOO_MANY,
    ],
    ["values of an array", (count) => `{"list":[${Array(count - 1).fill('""')}]}`, 20_000, TOO_MANY],
    ["values of arrays in an array", (count) => `{"list":[${Array(count / 2 - 1).fill("[null]")}]}`, 20_000, TOO_MANY],
    [
      "characters of the paths of an array's values",
      (count) => `{"${"n".repeat(511)}":[${Array(count / 512 - 1).fill("true")}]}`,
      4_194_304,
      LONG_PATHS,
    ],
    [
      "characters of the paths of members",
      (count) => `{"${"n".repeat(503)}":${objectOf(count / 512 - 1, (n) => `${n}`.padStart(7, "k"))}}`,
      4_194_304,
      LONG_PATHS,
    ],
    [
      "characters of a name",
      (count) => `{"${"n".repeat(count)}":1}`,
      512,
      "a name of 513 characters, the limit is 512",
    ],
    [
      "characters of all names",
      (count) => `{"${"n".repeat(512)}":[${Array(count / 512 - 1).fill(`{"${"n".repeat(512)}":1}`)}]}`,
      262_144,
      "names of more than 262144 characters in all",
    ],
    [
      "digits of a number",
      (count) => `{"n":[-1${"0".repeat(count - 1)}]}`,
      1_000,
      "a number of 1001 digits, the limit is 1000",
    ],
    [
      "digits of a text",
      (count) => `{"n":["${"7".repeat(count)}"]}`,
      1_000,
      "a number of 1001 digits, the limit is 1000",
    ],
    [
      "digits of another script, escaped",
      (count) => `{"n":" -\\u0661.${"\u0669".repeat(count - 2)}E+7 "}`,
      1_000,
      "a number of 1001 digits, the limit is 1000",
    ],
  ])("writes up to a limit of %s as fields, and as text beyond it", (_what, message, limit, reason) => {
    const step = reason.startsWith("a ") ? 1 : 512;
    expectFields(message(limit));
    expectText(message(limit + step), reason);
  });

  it.each([
    ["a Kubernetes label of 317 characters", JSON.stringify({ [`${"a".repeat(253)}/${"b".repeat(63)}`]: "x" })],
    ["a list of 15,000 numbers", JSON.stringify({ embedding: Array(15_000).fill(-0.0123) })],
    ["a long text of digits and one letter", JSON.stringify({ key: `${"7".repeat(5_000)}x` })],
    [
      "256 KB of a list's equal objects",
      JSON.stringify({
        items: Array(3_000).fill({
          resourceName: "arn:aws:s3:::bucket/object",
          accountId: "111111111111",
          type: "AWS::S3::Object",
        }),
      }),
    ],
  ])("writes %s as fields", (_what, message) => {
    expectFields(message);
  });

  it("counts neither dots and brackets in values nor siblings as levels", () => {
    const wide = JSON.stringify({ text: "[{.".repeat(1000), list: Array(1000).fill({ "a.b": [1] }) });
    expectFields(wide);
  });
});

describe("textDocumentOf", () => {
  it("contains the message as text, and the rejection", () => {
    expect(textDocumentOf('{"level":1}', TIME, FIELDS, "400 no")).toBe(
      `${HEAD.slice(0, -2)},"rejection":"rejected: 400 no"}},"message":"{\\"level\\":1}"}`,
    );
  });
});
