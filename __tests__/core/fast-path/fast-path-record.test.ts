import { fast, plain } from "../../support/both-paths";
import { ARRIVAL, envelope, logEvent } from "../../support/kinesis";

const DAY_MS = 86_400_000;
/** Of the record: it arrives a millisecond after ARRIVAL. */
const EARLIEST = ARRIVAL + 1 - 15 * DAY_MS;
const LATEST = ARRIVAL + 1 + 2 * 3_600_000;

const whole = JSON.stringify(envelope([logEvent(1), logEvent(2, '{"level":"warn"}')]));

const manyEvents = Array.from({ length: 100_000 }, (_, n) => logEvent(n, ""));

/** A JSON object of `count` members. */
const objectOf = (count: number, name: (n: number) => string): string =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, n) => [name(n), n])));

/** An envelope whose events all have these extracted fields. */
const allWith = (fields: string, ...messages: string[]) =>
  JSON.stringify(
    envelope((messages.length > 0 ? messages : ["a", "b"]).map((message, n) => logEvent(n, message))),
  ).replaceAll(/"\}(?=[,\]])/g, () => `","extractedFields":${fields}}`);

describe("fastPathRecord", () => {
  it("writes the events of a centralized log group, which have the same system fields", () => {
    const fields = JSON.stringify({ "@aws.account": "222222222222", "@aws.region": "us-east-1", "@source.log": "/a" });
    const text = allWith(fields, "plain", '{"level":"info"}', '{"aws":1}', 'a "quote"', "2026-11-21", "");
    expect(fast(text)).toEqual(plain(text));
    expect(fast(text)?.lines).toContain('"cloud":{"account":{"id":"222222222222"},"region":"us-east-1"}');
  });

  it.each([
    ["text", "GET /index.html 200"],
    ["no text", ""],
    ["escapes", 'a "quote" \\ a tab\t a line\n'],
    ["colours", "\u001b[31mred\u001b[0m"],
    ["a date", "2026-11-21"],
    ["a date and more", "2026-11-21T03:00:00Z it rains"],
    ["other alphabets", "käse \u2028 \ud83d\ude00"],
    ["half a surrogate pair", "\ud83d"],
    ["JSON", '{"level":"info","user":{"id":9007199254740993,"tags":["a",null,true,-0.5e3,{}]}}'],
    ["JSON with a message", '{"message":"GET \\"/\\\\\\u00e9\\"","n":1}'],
    ["JSON with a date as message", '{"message":"2026-11-21"}'],
    ["JSON with a number as message", '{"message":1}'],
    ["JSON with two messages", '{"message":1,"message":"x"}'],
    ["JSON on several lines", '\n{\r\n  "a" : 1 ,\n\t"b":[ ]\n}\n'],
    ["JSON without members", "{ }"],
    ["JSON with keys that collide", '{"cloud":"gcp","log":{"level":"warn"},"log.logger":"x"}'],
    [
      "JSON with keys that only begin like those that collide",
      '{"logger":1,"log.filename":2,"messages":"x","awsRegion":"y"}',
    ],
    ["JSON with a log of text", '{"stream":"stdout","log":"GET \\"/\\\\u00e9\\"\\n","a":{"b": 1}}'],
    ["JSON with a log of text on several lines", '{\n  "log" : "x",\n  "a" : 1\n}'],
    ["JSON with a log of text, and spaces", '{"log":"x", "a":1}'],
    ["JSON with a log of text before a message", '{"log":"x","message":"y"}'],
    ["JSON with a log of text behind a message", '{"message":"y","log":"x"}'],
    ["JSON with a log of text behind a number as message", '{"message":7,"log":"x"}'],
    ["JSON with two logs", '{"log":"x","log":"y"}'],
    ["JSON with a date as log", '{"log":"2026-11-21"}'],
    ["JSON with an empty log", '{"log":""}'],
    ["JSON with a number as log", '{"log":7}'],
    ["JSON with a list as log", '{"log":["x"]}'],
    ["JSON with a log in an object", '{"a":{"log":"x"}}'],
    ["JSON with the log's file", '{"log.file.path":"x","log":{"file":{"path":"y"}}}'],
    ["JSON with a field below a message", '{"message.text":"x"}'],
    ["JSON with an escaped key that collides", '{"\\u0063loud":"gcp"}'],
    ["JSON with dotted keys", `{"${"a.".repeat(99)}a":1}`],
    ["JSON with more dots than the document may have levels", `{"${"a.".repeat(101)}a":1}`],
    ["JSON of 99 levels", `${'{"a":'.repeat(99)}1${"}".repeat(99)}`],
    ["JSON of 101 levels", `${'{"a":'.repeat(101)}1${"}".repeat(101)}`],
    ["JSON with ids of hexadecimal digits", '{"a":"0e7c1a2b-1e5f-4a3e-9d8c-0123456789ab","b":"1e-5"}'],
    ["JSON with a huge number as text", '{"a":"1e-100000"}'],
    ["JSON with a huge number, escaped", '{"a":["\\u0031e-1000"]}'],
    ["JSON with a name twice in one object", '{"a":{"n":1,"b":[{"n":2}],"n":3}}'],
    ["JSON with a name twice, far apart", `{${Array.from({ length: 900 }, (_, n) => `"key-${n}":${n}`)},"key-1":0}`],
    ["JSON with a name twice, escaped", '{"n":1,"\\u006e":2}'],
    ["JSON with one name in many objects", JSON.stringify({ list: Array(500).fill({ name: "x", value: 1 }) })],
    ["JSON with many names that differ in their middles", objectOf(300, (n) => `same-start-${n + 100}-same-end`)],
    ["JSON with more names than the encoder remembers", objectOf(3_000, (n) => `key-${n}`)],
    ["JSON with more names than an event may have", objectOf(20_001, (n) => `key-${n}`)],
    ["JSON with a name twice, once with an escaped slash", JSON.stringify({ "a/b": 1 }).replace("}", ',"a\\/b":2}')],
    ["JSON with many long names", objectOf(1_000, (n) => `${n}`.padEnd(250, "n"))],
    ["JSON with long names in all, beyond the limit", objectOf(1_100, (n) => `${n}`.padEnd(250, "n"))],
    ["JSON with names that end alike", objectOf(300, (n) => `${n + 100}-the-same-end`)],
    ["JSON with a name of no characters twice", '{"x":{"":1,"":2}}'],
    ["JSON with a long name", `{"${"n".repeat(300)}":1}`],
    ["JSON with a name that is too long", `{"${"n".repeat(513)}":1}`],
    ["JSON with a long number", `{"n":${"7".repeat(300)}}`],
    ["JSON with a number that is too long", `{"n":[${"7".repeat(1_001)}]}`],
    ["JSON with a text that is too long a number", `{"n":["${"7".repeat(1_001)}"]}`],
    ["JSON with names that end in dots", '{"log.":{"level":"x"},"log..":1,"log.level.":2,"message.":3,"cloud.":4}'],
    ["invalid JSON", '{"a":01}'],
    ["JSON with text after it", '{"a":1}x'],
    ["truncated JSON", '{"a":{"b":"c'],
  ])("writes %s as the plain path does", (_, message) => {
    const text = JSON.stringify(envelope([logEvent(1, message), logEvent(2)]));
    expect(fast(text)).toEqual(plain(text));
  });

  it("writes the text of a log at each length before it, however long", () => {
    const messages = [...Array(40).keys()].map((n) =>
      JSON.stringify({ [`k${"-".repeat(n)}`]: 1, log: "y".repeat(n ** 3), z: "log" }),
    );
    const text = JSON.stringify(envelope(messages.map((message, n) => logEvent(n, message))));
    const encoded = fast(text);
    expect(encoded).toEqual(plain(text));
    expect(encoded?.lines).toContain('"k---":1,"message":"yyyyyyyyyyyyyyyyyyyyyyyyyyy","z":"log"}\n');
  });

  it("keeps the names of one message apart from those of the messages before it", () => {
    const messages = Array.from({ length: 400 }, (_, n) => `{"a":1,"b":{"a":${n}},"c":[{"a":2},{"a":3}]}`);
    const text = JSON.stringify(envelope(messages.map((message, n) => logEvent(n, message))));
    expect(fast(text)).toEqual(plain(text));
    expect(fast(text)?.lines).not.toContain("rejected");
  });

  it("writes the longest names, even if each character is escaped", () => {
    const name = "\u0001".repeat(512);
    const text = JSON.stringify(envelope([logEvent(1)], { owner: name, logGroup: name, logStream: name }));
    expect(fast(text)).toEqual(plain(text));
  });

  it("writes the events of a log group named message, like the key that the plain path counts", () => {
    const text = JSON.stringify(envelope([logEvent(1, "message"), logEvent(2, 'a "message')], { logGroup: "message" }));
    expect(fast(text)).toEqual(plain(text));
  });

  it("writes each event into the index of its own day, with its own time", () => {
    const midnight = Date.UTC(2026, 10, 21);
    const times = [midnight - 1, midnight, midnight + 1, midnight - DAY_MS, midnight - DAY_MS - 1, EARLIEST, LATEST];
    const text = JSON.stringify(envelope(times.map((time, n) => logEvent(n, "x", time))));
    const encoded = fast(text);
    expect(encoded).toBeDefined();
    expect(encoded).toEqual(plain(text));
  });

  it("writes names that look like an id or a time", () => {
    const text = JSON.stringify(
      envelope([logEvent(1)], { logGroup: "0".repeat(80), logStream: '"_id":"T00:00:00.000Z' }),
    );
    expect(fast(text)).toEqual(plain(text));
  });

  it.each(["x", '"', "\\", "\n", "\u0001", "\u00e9"])(
    "writes %j at each offset of a 16-byte load, in text and in JSON",
    (character) => {
      const texts = [...Array(50).keys()].map((n) => `${"-".repeat(n)}${character}${"-".repeat(50 - n)}`);
      const messages = [...texts, ...texts.map((text) => JSON.stringify({ a: text, [`k${text}`]: [text, 1] }))];
      const text = JSON.stringify(envelope(messages.map((message, n) => logEvent(n, message))));
      expect(fast(text)).toEqual(plain(text));
    },
  );

  it("leaves a truncated envelope to the plain path, even if the memory held all of it before", () => {
    for (let length = 1; length < whole.length; length++) {
      expect(fast(whole)).toBeDefined();
      expect(fast(whole.slice(0, length))).toBeUndefined();
    }
  });

  it("writes an envelope whose lines do not fit into the memory, in parts", () => {
    const messages = [...Array(60).keys()].map((n) => String(n).repeat(50_000 + n));
    const text = JSON.stringify(envelope(messages.map((message, n) => logEvent(n, message))));
    expect(text.length).toBeGreaterThan(5_000_000);
    expect(fast(text)).toEqual(plain(text));
  });

  it("leaves a long envelope that is not canonical at its end to the plain path", () => {
    const messages = [...Array(60).keys()].map((n) => String(n).repeat(50_000));
    const text = JSON.stringify(envelope(messages.map((message, n) => logEvent(n, message))));
    expect(fast(text.replace(/\]\}$/, "] }"))).toBeUndefined();
  });

  it.each([
    ["text", "x".repeat(1_100_000)],
    ["text of escapes", "\n".repeat(600_000)],
    ["many values", `{"a":[${"1,".repeat(1_000_000)}1]}`],
    ["empty arrays", `{"a":[${"[],".repeat(400_000)}[]]}`],
    ["a number", `{"a":1${"0".repeat(5_000_000)}}`],
    ["white space", `{"a":${" ".repeat(5_000_000)}1}`],
    ["a string", `{"a":"${"x".repeat(5_000_000)}"}`],
    ["members", `{${'"abc":true,'.repeat(400_000)}"end":1}`],
  ])("leaves a record with a message of more than a megabyte of %s to the plain path", (_, message) => {
    const text = JSON.stringify(envelope([logEvent(1), logEvent(2, message), logEvent(3)]));
    expect(fast(text)?.events).toBeUndefined();
  });

  it("writes a message of nearly a megabyte after others that nearly fill the memory", () => {
    const json = `{"a":[${"1,".repeat(490_000)}1]}`;
    const messages = ["x".repeat(900_000), "y".repeat(900_000), "z".repeat(250_000), json, "x".repeat(990_000), json];
    const text = JSON.stringify(envelope(messages.map((message, n) => logEvent(n, message))));
    expect(fast(text)).toEqual(plain(text));
  });

  it("writes an envelope with a million commas inside messages, which are not values", () => {
    const text = JSON.stringify(envelope(Array.from({ length: 100 }, (_, n) => logEvent(n, "a,".repeat(11_000)))));
    const both = [fast(text), plain(text)];
    expect(both[0]).toBeDefined();
    expect(both[0]).toEqual(both[1]);
  });

  it.each([
    ["100,000 events", "message", manyEvents, 100_000],
    [
      "100,000 events of messages like a key",
      "foo",
      manyEvents.map((one) => ({ ...one, message: "message" })),
      100_000,
    ],
    ["one event more, which is dead-lettered", "foo", [...manyEvents, logEvent(100_000)], undefined],
  ])("counts as many events as the plain path: %s", (_, logGroup, events, count) => {
    const text = JSON.stringify(envelope(events, { logGroup }));
    expect([plain(text), fast(text)].map((one) => one?.events)).toEqual([count, count]);
  });

  it("leaves an envelope of more than 16 MiB to the plain path, so that the encoder's memory stays small", () => {
    const MIB = 1024 * 1024;
    const events = Array.from({ length: 20 }, (_, n) => logEvent(n, "x".repeat(838_000)));
    const { length } = JSON.stringify(envelope(events));
    const ofSize = (bytes: number) =>
      JSON.stringify(envelope([logEvent(0, "x".repeat(838_000 + bytes - length)), ...events.slice(1)]));
    expect([16 * MIB, 16 * MIB + 1].map((bytes) => fast(ofSize(bytes))?.events)).toEqual([20, undefined]);
  });

  it.each([
    ["is truncated", whole.slice(0, -1)],
    ["is truncated in a message", whole.slice(0, -20)],
    ["has text after it", `${whole}\n`],
    ["has no events", JSON.stringify(envelope([]))],
    ["has an event with another id", JSON.stringify(envelope([logEvent(1), { ...logEvent(2), id: "7" }]))],
    ["has an event of a time before those that arrive", JSON.stringify(envelope([logEvent(1, "x", EARLIEST - 1)]))],
    ["has an event of a time after those that arrive", JSON.stringify(envelope([logEvent(1, "x", LATEST + 1)]))],
    ["has an event with another time", JSON.stringify(envelope([logEvent(1, "x", 17), logEvent(2)]))],
    ["has an event with a further field", whole.replace('"}]', '","x":{"id":"1"}}]')],
    ["has extracted fields in its last event only", whole.replace('"}]', '","extractedFields":{"id":"1"}}]')],
    ["has extracted fields of more than 2 KiB", allWith(JSON.stringify({ x: "x".repeat(2050) }))],
    ["has extracted fields over several lines", allWith('{"x":\n"y"}')],
    ["has its keys in another order", whole.replace(/("messageType":"\w+"),(.*)\}$/, "{$2,$1}").slice(1)],
    ["has white space between tokens", JSON.stringify(envelope([logEvent(1)]), null, 1)],
    ["has a time that is not a JSON number", whole.replace(/"timestamp":1/g, '"timestamp":0')],
    ["is not UTF-8", Buffer.from(whole.replace("line", "caf\u00e9"), "latin1")],
    ["has a control character in a message", whole.replace("line", "li\tne")],
    ["has a control character in place of a hexadecimal digit", whole.replace("line", "li\\u001\x10ne")],
    ["has one there in a message that begins like JSON", whole.replace("line", "{\\u000\x19")],
    ["has a control character between tokens of a message", whole.replace('level\\":', 'level\\":\t')],
    ["has an escape that JSON lacks", whole.replace("line", "li\\xne")],
    ["has no log group", whole.replace('"logGroup"', '"loggroup"')],
    [
      "has an escape in messageType, the key that makes it an envelope",
      whole.replace('"messageType"', '"message\\u0054ype"'),
    ],
    ["has more than 64 KiB before its events", whole.replace("{", `{"x":[${"1,".repeat(33_000)}1],`)],
    [
      "has a million values in all, most of them before its events",
      JSON.stringify(envelope(manyEvents)).replace('"owner"', `"x":[${"1,".repeat(700_000)}1],"owner"`),
    ],
    ["is a control message", whole.replace("DATA_MESSAGE", "CONTROL_MESSAGE")],
  ])("leaves an envelope to the plain path that %s", (_, text) => {
    expect(fast(text)).toBeUndefined();
  });
});
