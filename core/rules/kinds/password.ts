import { type TextFinder, valuesBehind } from "../text-range";

const WORDS = "password|passwd|passphrase|secret_?key|private_?key|api[-_]?key|auth_?token";

/** Short names are parts of other words: `bypass`, `compass`. */
const SHORT = "(?<![A-Za-z])(?:pass|pwd)";

/** Names whose values are secrets of any characters. Source: OWASP Cheat Sheet Series, "Logging", data to exclude. */
export const PASSWORD_NAMES = `${WORDS}|${SHORT}`;

/**
 * A name, its own closing quote, and what is before a value: in queries, headers, assignments, and literals of languages. A short name
 * before a colon is a word: `second pass: 3 errors`.
 */
const NAMED = new RegExp(
  String.raw`(?:${WORDS}|${SHORT}(?=\\?["']|[ \t]{0,9}:?=))(\\?["'])?[ \t]{0,9}(:=|=>|[=:])[ \t]{0,9}(?:\[[ \t]{0,3}(?=\\?["']))?(?:[bu]?(\\?["']))?`,
  "gi",
);

/** The quote after a name may be that which closes the text around it, as in `["Enter password:","x"]`. */
const AFTER_TEXT = /[ \t]*(?:$|[,}\]](?:$|[\s"'{}[\],\\]))/y;

/** Of JSON, and of other texts: no value, or more than one. */
const NO_VALUE = /(?:true|false|null)(?=$|[\s"'&,;)\]}<>])/iy;

/** A mark that ends a value only if none or another name follows: passwords have all of them. */
const UNQUOTED = /(?:[^\s"'&,;)\]}<>\\]|\\(?!["'])|[',;)\]}](?=[^\s"'&,;)\]}<>])(?![\w.-]{1,64}[=:]))*/y;
const IN_QUERY = /(?:[^\s"&#<>\\]|\\(?!["']))*/y;

/** How far before a name its query's `?` or `&` is looked for. */
const MAX_PREFIX = 32;
const QUERY_NAME = /[?&][\w.[-]*$/;

/** An option of a command, whose value is the next word: `--db-password x`. */
const OPTION = new RegExp(
  String.raw`(?<![\w-])--?(?:[a-z]{1,32}[-_]){0,4}(?:${PASSWORD_NAMES})[ \t]{1,9}(["'])?(?=[^\s-])`,
  "gi",
);

/** The password of a URL, before its last `@`: `postgres://user:p@ss@host/db`. Source: RFC 3986, section 3.2.1. */
const IN_URL = /(?<=:\/\/[^\s/?#@:"'<>\\]{0,64}:)[^\s/?#"'<>\\]{1,256}(?=@)/g;

/** Finds passwords and keys by their names. */
export const findPasswords: TextFinder = (text) => [
  ...valuesBehind(text, NAMED, (start, { 1: quoteOfName, 2: sign, 3: quote, index }) => {
    if (quote === undefined) return endOfUnquoted(text, start, index, sign!);
    const isOther = !quoteOfName && sign === ":" && isAt(AFTER_TEXT, text, start);
    return isOther ? start : endOfQuoted(text, start, quote);
  }),
  ...valuesBehind(text, OPTION, (start, { 1: quote }) =>
    quote ? endOfQuoted(text, start, quote) : endOf(UNQUOTED, text, start),
  ),
];

/** Finds passwords in URLs. */
export const findUrlPasswords: TextFinder = (text) =>
  text.includes("://")
    ? [...text.matchAll(IN_URL)].map(({ 0: password, index }) => ({ start: index, end: index + password.length }))
    : [];

/** @param sign between the name and the value: objects of JSON are values behind a colon */
function endOfUnquoted(text: string, start: number, name: number, sign: string): number {
  if (isAt(NO_VALUE, text, start) || (sign === ":" && "{[\\".includes(text.charAt(start)))) return start;
  const isInQuery = QUERY_NAME.test(text.slice(Math.max(0, name - MAX_PREFIX), name));
  return endOf(isInQuery ? IN_QUERY : UNQUOTED, text, start);
}

/** @param value sticky; matches what is empty, too */
function endOf(value: RegExp, text: string, start: number): number {
  value.lastIndex = start;
  value.test(text);
  return value.lastIndex;
}

function isAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

/** @param quote the opening one; with a backslash in a JSON text within another */
function endOfQuoted(text: string, start: number, quote: string): number {
  for (let i = start; i < text.length; i++) {
    if (text.startsWith(quote, i)) {
      // As SQL writes one within quotes.
      if (quote !== "'" || text[i + 1] !== "'") return i;
      i++;
    } else if (text[i] === "\\") i++;
  }
  return text.length;
}
