import fc from "fast-check";

const codeUnit = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 0xffff }) },
  // Quotes, backslashes, line breaks, halves of a pair, and what structures JSON.
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[...'"\\/\n\r\t\b\f\0\u2028\ud83d\ude00{}[],:']
        .join("")
        .split("")
        .map((c) => c.charCodeAt(0)),
    ),
  },
);

const SHORT_ESCAPES: Record<string, string> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\b": "\\b",
  "\f": "\\f",
  "/": "\\/",
};

/** One code unit in a JSON string: as it is where that is legal, or by one of its escapes. */
function inString(unit: number, style: "raw" | "short" | "hex"): string {
  const character = String.fromCharCode(unit);
  if (character === '"' || character === "\\") return `\\${character}`;
  if (style === "raw" && unit >= 0x20) return character;
  const short = style === "short" && SHORT_ESCAPES[character];
  return short || `\\u${unit.toString(16).padStart(4, "0")}`;
}

const style = fc.constantFrom("raw" as const, "raw" as const, "short" as const, "hex" as const);

/** Any text of UTF-16 code units, lone surrogates among them. */
export const anyText = fc.array(codeUnit, { maxLength: 60 }).map((units) => String.fromCharCode(...units));

const stringOf = (units: fc.Arbitrary<number[]>) =>
  units.chain((some) =>
    fc
      .array(style, { minLength: some.length, maxLength: some.length })
      .map((styles) => `"${some.map((unit, i) => inString(unit, styles[i]!)).join("")}"`),
  );

const string = stringOf(fc.array(codeUnit, { maxLength: 12 }));

const number = fc.oneof(
  fc.constantFrom("0", "-0", "12345678901234567890", "-9007199254740993", "1e999", "1E+2", "0.1000000000000000055511"),
  fc.stringMatching(/^-?(0|[1-9]\d{0,40})(\.\d{1,40})?([eE][+-]?\d{1,4})?$/),
);

/** Keys that the pipeline's own fields, its decisions or JavaScript's objects could trip over. */
const KEYS = [
  ...["@timestamp", "@timestamp.x", "cloud", "cloud.account", "cloud.", "cloudy", "aws", "aws.x", "json", "json.x"],
  ...[
    "log",
    "service",
    "error",
    "error.",
    "error.type",
    "errors",
    "log.level",
    "log.file",
    "log.file.path",
    "log.files",
    "log.",
    "log..",
    "log.file.",
    "log..file",
    "message.",
    "@timestamp.",
    "file.",
    "logger",
    "message",
    "message.x",
    "Message",
  ],
  ...[
    "_id",
    "_source",
    "_id.x",
    "_custom",
    "file",
    "file.path",
    "level",
    "",
    ".",
    "..",
    "a.b",
    "__proto__",
    "constructor",
  ],
];
const key = fc.oneof(
  { weight: 5, arbitrary: stringOf(fc.constantFrom(...KEYS).map((name) => [...name].map((c) => c.charCodeAt(0)))) },
  { weight: 1, arbitrary: string },
);

const space = fc.string({ unit: fc.constantFrom(" ", "\t", "\r", "\n"), maxLength: 2 });
const spaced = (token: fc.Arbitrary<string>) => fc.tuple(space, token, space).map((parts) => parts.join(""));

const member = (value: fc.Arbitrary<string>) => fc.tuple(spaced(key), spaced(value));

const { value, object } = fc.letrec<{ value: string; object: string; array: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("true", "false", "null"),
    string,
    number,
    tie("object"),
    tie("array"),
  ),
  object: fc
    .oneof(
      {
        weight: 5,
        arbitrary: fc.uniqueArray(member(tie("value")), { maxLength: 6, selector: ([name]) => JSON.parse(name) }),
      },
      { weight: 1, arbitrary: fc.array(member(tie("value")), { maxLength: 6 }) },
    )
    .chain((members) => space.map((inner) => `{${members.map((one) => one.join(":")).join(",") || inner}}`)),
  array: fc
    .array(spaced(tie("value")), { maxLength: 4 })
    .chain((items) => space.map((inner) => `[${items.join(",") || inner}]`)),
}));

/** Texts of any JSON value, with white space between tokens, and escapes where they may be. */
export const jsonText = spaced(value);

/** Texts of JSON objects: some with duplicate names, and with names that collide with the pipeline's own. */
export const jsonObjectText = spaced(object);
