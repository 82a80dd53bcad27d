import fc from "fast-check";
import { parseKeyValue } from "../../../core/parsers/key-value";
import { parseLambda } from "../../../core/parsers/lambda";
import { parseLog4j } from "../../../core/parsers/log4j";
import type { MessageParser } from "../../../core/parsers/parsed-message";
import { parsePython } from "../../../core/parsers/python";

const PARSERS: Record<string, MessageParser> = {
  lambda: parseLambda,
  python: parsePython,
  log4j: parseLog4j,
  key_value: parseKeyValue,
};
const NAMES = Object.keys(PARSERS);

/** Applications have fields of the other names, of whatever type, in the same index. */
const ROOTS = ["aws", "error", "faas", "log", "process", "service", "trace"];

const PIECES = [
  ...[
    "2026-01-31 09:25:21,042",
    "2026-01-31T09:25:21.042Z",
    "09:25:21.042",
    "31/Jan/2026",
    " ",
    "  ",
    "\t",
    "\n",
    "\r",
  ],
  ...[
    "INFO",
    "ERROR",
    "WARNING",
    "INFO ",
    "[",
    "]",
    "{",
    "}",
    '"',
    "\\",
    ":",
    ": ",
    " - ",
    " -- ",
    " --- ",
    " | ",
    "=",
    "\u0000",
  ],
  ...["main", "c.e.Logger", "root", "1234", "f08bb4c8-d6b2-4f05-ac17-af7e2ba005fb", "undefined", "-", "é", "\ud800"],
  ...[
    "START ",
    "REPORT ",
    "RequestId: ",
    "Duration: 1.5 ms",
    "Name: x",
    "XRAY TraceId: 1-2",
    "Extension: a",
    "Error Type: b",
  ],
  ...[
    '"type":"platform.x"',
    '"record":{}',
    ",",
    '{"errorType":"E"}',
    "Invoke Error \t",
    "Task timed out after 3.00 seconds",
  ],
  ...[
    "\njava.lang.Error: x",
    "\n\tat a.B",
    "\nTraceback (most recent call last):",
    "\nValueError: y",
    "a=1 ",
    'msg="b" ',
    "level=",
  ],
];
const line = fc
  .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ unit: "binary" })))
  .map((pieces) => pieces.join(""));

describe("a parser of an application's lines", () => {
  it.each(NAMES)("takes or leaves any line, and writes under its own names: %s", (name) => {
    fc.assert(
      fc.property(line, (text) => {
        const parsed = PARSERS[name]!(text);
        for (const root of Object.keys(parsed?.fields ?? {})) expect(ROOTS).toContain(root);
        if (parsed?.json !== undefined) expect(JSON.parse(parsed.json)).toEqual(expect.any(Object));
      }),
      { numRuns: 500 },
    );
  });

  it.each(["lambda", "python", "log4j"])("loses nothing of what is behind a prefix: %s", (name) => {
    const prefix = { lambda: "2026-01-31T09:25:21.042Z\t-\tINFO\t", python: "WARNING:root:", log4j: "INFO [main]: " }[
      name
    ]!;
    fc.assert(
      fc.property(line, (text) => {
        const { message, json } = PARSERS[name]!(prefix + text)!;
        const breaks = (kept: string) => kept.replace(/\r/g, "\n").replace(/\n+$/, "");
        expect(breaks((json ?? message)!).trimStart()).toBe(breaks(text).trimStart());
      }),
    );
  });

  it.each(NAMES)("reads the beginning of a megabyte and no more, whatever is repeated in it: %s", (name) => {
    const heads = ["", "REPORT RequestId: ", "[ERROR] ", "2026-01-31 09:25:21,042 [", "INFO [", 'a=1 b="', "a=1 b="];
    const repeated = [
      " ",
      "\n",
      "[",
      '"',
      "\\",
      "=",
      "a",
      "A",
      ":",
      "Aa: ",
      "a=",
      "\n\tat ",
      "\nTraceback (most recent call last):",
    ];
    for (const head of heads) {
      for (const piece of repeated) {
        // An hour, if a pattern went back over what it has read.
        const parsed = PARSERS[name]!(head + piece.repeat(2 ** 20 / piece.length));
        if (parsed) expect(parsed.fields).toEqual(expect.any(Object));
      }
    }
  });
});
