type Replacement = (token: string) => string;

const TEXTS = [
  ...[
    "-",
    '"-"',
    '""',
    '"',
    "[",
    "]",
    "\\",
    "{",
    "}",
    "null",
    "=",
    ":",
    "\t",
    "\n",
    "-1",
    "1e-1000",
    "999999999999999999999",
  ],
  ...["2001:db8::1", "[2001:db8::1]:443", "fe80::1%eth0", "::ffff:192.0.2.1:80", '"a "quoted" text\\"'],
  ...[
    "J\u00f8rgen \u{1f408}",
    "\ud83d",
    "\udc08\ud83d",
    "\u0000",
    "\u2028",
    "\u202e",
    "__proto__",
    "constructor",
    "toString",
  ],
];

/** What a client, a newer service or a broken line has in a field's place: nothing, the field twice, and texts of any kind. */
export const REPLACEMENTS: readonly Replacement[] = [
  () => "",
  (token) => `${token} ${token}`,
  (token) => `${token},${token}`,
  (token) => token + token,
  ...TEXTS.map((text) => () => text),
];

/** A text in quotes or brackets, or up to what delimits fields in one of the formats. */
const TOKEN = /"(?:[^"\\]|\\.)*"|\[[^\]]*\]|[^\s",[\]{}<>]+/g;

/** Returns a line with each of its fields replaced in each way, one at a time. */
export function* lineVariants(line: string, replacements = REPLACEMENTS): Generator<string> {
  for (const { 0: token, index } of line.matchAll(TOKEN)) {
    for (const replace of replacements) yield line.slice(0, index) + replace(token) + line.slice(index + token.length);
  }
}
