import fc from "fast-check";

/** Texts that a reader of fields may take for one of its kind, or for none by a hair. */
const TEXTS = [
  ...[
    "-",
    '""',
    '"-"',
    "-1",
    "0",
    "00",
    "007",
    "-007",
    "-0",
    "-00",
    "1.5",
    "0.000",
    "-0.5",
    "00.50",
    ".5",
    "5.",
    "1e5",
    "1e-2000",
  ],
  ...[
    "9".repeat(30),
    "9".repeat(31),
    "1".repeat(1001),
    "200",
    "099",
    "400",
    "000",
    "2",
    "17",
    "06",
    "255",
    "256",
    "63",
    "64",
  ],
  ...["2026-11-21", '"2026-11-21"', "2026-11-21T00:00:00Z", "2026-11-21T10:00:00", "2024-02-29T23:59:59.999999999Z"],
  ...[
    "2026-02-29T00:00:00Z",
    "2026-11-21T24:00:00Z",
    "2026-11-21T10:00:60Z",
    "2026-11-21T10:00:00.Z",
    "0000-01-01T00:00:00Z",
  ],
  ...["9999-12-31T23:59:59.1Z", "2026-11-21T10:00:00.1234567890Z", "20x6-11-21T10:00:00Z", "2026-11-21T1x:00:00Z"],
  ...["1795255200", "99999999999", "1795255200.123", "1795255200.1234", "1795255200123", "1573756640.", "10:00:00"],
  ...[
    "10.0.0.1",
    "10.0.0.1:80",
    "256.0.0.1",
    "01.2.3.4",
    "1.2.3",
    "::",
    "::1",
    "2001:db8::1",
    "1:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:7::",
  ],
  ...[
    "1::2::3",
    "::ffff:10.0.0.1",
    "fe80::1%eth0",
    "[2001:db8::1]:443",
    "[::1",
    "[a b]",
    "[]",
    "[a]b",
    "host:80",
    "host:123456",
  ],
  ...[
    ":80",
    "a:b:80",
    "arn:aws:lambda:us-east-1:123456789012:function:f",
    "10.0.0.1,10.0.0.2",
    "a,b",
    ",",
    "a,,b",
    '"a b  c"',
  ],
  ...[
    '"h2","http/1.1"',
    '"a "b" c"',
    '"a',
    'a"b',
    '-""',
    '"',
    '""a"',
    '"a\\" b"',
    "\\x22",
    "\\",
    "\t",
    "\n",
    "a\tb",
    "caf\u00e9",
    "\u0660\u0661",
  ],
  ...[
    "\u{1f600}",
    "\ud800",
    "\u00a0",
    "\u00a0x",
    "%20",
    "a%20b",
    "%2520",
    "%22",
    "%5C",
    "%C3%A9",
    "%zz",
    "%",
    "a%2",
    "\u007f",
  ],
  ...[
    "TLSv1.2",
    "tlsv13",
    "TLS 1.2",
    "tlsv9",
    "Success",
    "Failed:X",
    "PASS",
    "pass",
    "ACCEPT",
    "REJECT",
    "OK",
    "IPv4",
    "\u0130",
  ],
  ...[
    '"GET /a?b=c HTTP/1.1"',
    '"GET http://h:80/ HTTP/1.1"',
    '"GET HTTPS://h:80-/ http/2"',
    '"- - - "',
    '"GET"',
    '" GET / HTTP/1.1"',
  ],
  ...[
    '"GET  / HTTP/1.1"',
    '"GET a://[::1]:8080?x HTTP/9"',
    '"GET http:// -"',
    '"G\u00c9T / HTTP/1.1"',
    '"a b c"',
    '"GET /?" HTTP/1.1"',
  ],
  ...[
    '"GET ab.c://x:12345678/y?"',
    '"GET aaaaaaaaaaaaaaaaaaaaaa://x"',
    "/",
    "/a?",
    "/a?-",
    "?",
    "/?b",
    "HTTP/1.1",
    "HTTP/2",
  ],
] as const;

/** A text of a field as lines may have it, or anything. */
const anyToken = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<string>(...TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 12 }).map((text) => `"${text}"`) },
);

/** What stands between fields, and in quotes or brackets. */
const TOKENS = /"[^"]*"|\[[^\]]*\]|[^ \t"[]+|[ \t]+|./g;

/** A line of these, in which some texts are others, stand twice or are missing, and which may end early. */
export const changedLine = (lines: readonly string[]): fc.Arbitrary<string> =>
  fc
    .record({
      line: fc.constantFrom(...lines),
      changes: fc.array(fc.tuple(fc.nat({ max: 10_000 }), fc.option(anyToken, { freq: 6 })), { maxLength: 3 }),
      end: fc.option(fc.nat({ max: 10_000 }), { freq: 6 }),
      last: fc.constantFrom("", "", "", "\n", "\r\n", " ", "  x", "\t"),
    })
    .map(({ line, changes, end, last }) => {
      const tokens: string[] = line.match(TOKENS) ?? [];
      for (const [at, token] of changes) {
        const i = at % tokens.length;
        tokens[i] = token ?? `${tokens[i]} ${tokens[i]}`;
      }
      const text = tokens.slice(0, end === null ? undefined : end % (tokens.length + 1)).join("");
      return text + last;
    });
