import fc from "fast-check";

/** JSON with its members as a list, so that a name may be there twice. */
type Json = { readonly members: [name: string, value: Json][] } | { readonly items: Json[] } | string;

function jsonOf(value: unknown): Json {
  if (Array.isArray(value)) return { items: value.map(jsonOf) };
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return { members: Object.entries(value).map(([name, member]) => [JSON.stringify(name), jsonOf(member)]) };
}

/** @param space between tokens */
function textOf(json: Json, space: string): string {
  if (typeof json === "string") return json;
  const list = (texts: readonly string[]) => texts.join(`,${space}`);
  if ("items" in json) return `[${space}${list(json.items.map((item) => textOf(item, space)))}]`;
  const members = json.members.map(([name, value]) => `${name}${space}:${space}${textOf(value, space)}`);
  return `{${space}${list(members)}${space}}`;
}

/** All lists of members or items within one another. */
function listsIn(json: Json): (Json[] | [string, Json][])[] {
  if (typeof json === "string") return [];
  if ("items" in json) return [json.items, ...json.items.flatMap(listsIn)];
  return [json.members, ...json.members.flatMap(([, value]) => listsIn(value))];
}

const quoted = (texts: readonly string[]) => texts.map((text) => JSON.stringify(text));

/** Values that a reader of fields may take for one of its kind, or for none by a hair. */
const VALUES = [
  ...["null", "true", "false", "0", "-0", "1.0", "0.5", "-7", "1e5", "1E-5", "007", "9007199254740993"],
  ...["1234567890123456", "9".repeat(30), "9".repeat(31), "1".repeat(1001), "1592357192516", "1602627001"],
  ...["{}", "[]", '[null,""]', '{"a":null}', '{"a":{"b":[]},"c":[{}]}', '[{"a":1},{}]', '["a",1]', '[{"a":1},2]'],
  ...['{"aB":1,"a_b":2}', '{"a":1,"a":2}', '{"1":2,"b":3}', '{"__proto__":1}', '{"":1}', '{"a.b":{"c.d":1}}'],
  ...['{"date":"2026-11-21","x":"2026-11-21"}', '["2026-11-21"]', '{"start":["2026-11-21"],"a":"1e-2000"}'],
  ...['{"ConsoleLogin":"Failure"}', '{"netflow":{}}', '[{"name":"a","value":"b"}]', '[{"value":"b","name":"a"}]'],
  ...['[{"name":"Host","value":"a.b:80"},{"name":"host","value":""}]', '[{"name":"a"},{"name":"b","x":1}]'],
  ...['[{"Rdata":"10.0.0.1","Type":"A","Class":"IN"}]', '[{"Rdata":"a.","Type":"CNAME","Other":1},{}]'],
  ...['"a\\"b"', '"a\\\\"', '"\\u00e9"', '"\\u0041"', '"\\/"', '"a\\nb"', '"\\t"', '"\\ud800"', '"\\n2026-11-21"'],
  ...['"\\n1e-2000"', '"2026-11-21\\n"', '"', "{", "]", "'a'", "{a:1}", '{"a" 1}', "[1,]", '{"a":1,}'],
  ...[`${'{"a":'.repeat(10)}1${"}".repeat(10)}`, `${"[".repeat(24)}1${"]".repeat(24)}`],
  `${"[".repeat(101)}${"]".repeat(101)}`,
  ...quoted(["", "-", "--", " ", "a", "-1", "2026-11-21", "2026-11-21T00:00:00Z", "2026-11-21T10:00:00.1234Z"]),
  ...quoted(["2026-11-21T10:00:00.123456+0000", "2026-11-21T10:00:00+0100", "2026-11-21T10:00:00Z+0000"]),
  ...quoted(["1969-12-31T23:59:59Z", "2026-02-29T00:00:00Z", "20131102T010628Z", "10/Jun/2023:15:36:28 +0000"]),
  ...quoted([
    "1e-2000",
    "1".repeat(1001),
    "1573756640.",
    "1592357192516",
    "1602627001",
    "10.0.0.1",
    "::1",
    "fe80::1%a",
  ]),
  ...quoted(["::ffff:10.0.0.1", "TLSv1.2", "tlsv13", "TLS 1.2", "HTTP/1.1", "HTTP/2", "HTTP/9.9", "http/1.1"]),
  ...quoted(["AWS Internal", "caf\u00e9", "\u0661", "\u{1f600}", "\u2028", "\u007f", "ALLOW", "BLOCK", "alert"]),
  ...quoted(["allowed", "blocked", "NOERROR", "TCP", "tcp", "UDP", "IPv6-ICMP", "6", "02", "3f", "fF", "a.b.", "."]),
  ...quoted([
    "/a?b=c",
    "/{a}",
    "http://a/b?c",
    "?",
    "true",
    "200",
    "099",
    "0200",
    "1.5",
    "12",
    "arn:a:b:c:d:e/f",
    "arn:a:b",
  ]),
  ...quoted(["a.b:80", "a:b:c", "0F:BE", "failed", "x".repeat(300)]),
];

const NAMES = quoted([
  ...["", "-", "1", "01", "a", "A", "aB", "a_b", "a-b", "a b", "a.b", "AB1c", "_", "_a_", "__proto__", "toString"],
  ...["start", "end", "created", "event_time", "_time", "a_date", "time", "timestamp", "metadata", "caf\u00e9"],
  ...["read_only", "ReadOnly", "event_type", "userName", "user_name", "netflow", "tls_error", "x".repeat(128)],
  ...["message", "log", "aws", "cloud", "event", "path", "status", "request_id", "identity", "additional_fields"],
]).concat('"a\\u0062"', '"a\\"b"', '"a\\/b"');

/** What is done at a place of an object. */
const change = fc.record({
  kind: fc.constantFrom("value", "value", "name", "insert", "repeat", "drop", "last"),
  list: fc.nat({ max: 10_000 }),
  at: fc.nat({ max: 10_000 }),
  value: fc.constantFrom(...VALUES),
  name: fc.nat({ max: 10_000 }),
});

const mostly = (text: string, ...others: readonly string[]) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(text) }, fc.constantFrom(...others));

/** A JSON object of these, some of whose members are others, stand twice, are missing or are called otherwise, or which is none any more. */
export function changedObject(objects: readonly string[]): fc.Arbitrary<string> {
  const known = objects.map((text) => JSON.parse(text) as unknown);
  const names = [...NAMES, ...new Set(known.flatMap((object) => listsIn(jsonOf(object)).flatMap(namesIn)))];
  return fc
    .record({
      object: fc.constantFrom(...known),
      changes: fc.array(change, { maxLength: 4 }),
      space: mostly("", " ", "\n  ", "\t", "\u00a0"),
      last: mostly("", "\n", "\r\n", " ", "x", "}"),
      end: fc.oneof({ weight: 19, arbitrary: fc.constant(null) }, fc.nat({ max: 10_000 })),
    })
    .map(({ object, changes, space, last, end }) => {
      const json = jsonOf(object);
      for (const each of changes) apply(json, each, names);
      const text = textOf(json, space) + last;
      return text.slice(0, end === null ? undefined : end % (text.length + 1));
    });
}

const namesIn = (list: Json[] | [string, Json][]) => list.flatMap((one) => (Array.isArray(one) ? [one[0]] : []));

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function apply(json: Json, { kind, list: listNumber, at: place, value, name }: Change, names: readonly string[]): void {
  const lists = listsIn(json);
  const list = lists[listNumber % lists.length] as [string, Json][];
  const at = list.length === 0 ? 0 : place % list.length;
  const newName = names[name % names.length]!;
  const isMembers = Array.isArray(list[0]);
  if (list.length === 0) return;
  if (kind === "drop") list.splice(at, 1);
  else if (kind === "repeat") list.splice(place % (list.length + 1), 0, list[at]!);
  else if (kind === "last") list.push(...list.splice(at, 1));
  else if (!isMembers) (list as unknown[])[at] = value;
  else if (kind === "insert") list.splice(at, 0, [newName, value]);
  else if (kind === "name") list[at] = [newName, list[at]![1]];
  else list[at] = [list[at]![0], value];
}
