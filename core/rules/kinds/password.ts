import { type TextFinder, valuesBehind } from "../text-range";

const WORDS =
  "password|passwd|passphrase|(?:secret|private|account|access|encryption|signing)_?key(?![-_]?id)|api[-_]?key|" +
  "(?:auth|api|bearer|csrf|security|session|xsrf)[-_]?token";

/** Short names are parts of other words: `bypass`, `compass`, `secretary`. */
const SHORT = "(?<![A-Za-z])(?:pass|pwd|secret|token)";

/** Names whose values are secrets of any characters. Source: OWASP Cheat Sheet Series, "Logging", data to exclude. */
export const PASSWORD_NAMES = `${WORDS}|${SHORT}`;

/**
 * A name, its own closing quote, and what is before a value: in queries, headers, assignments, and literals of languages. A short name
 * before a colon may be a word: `second pass: 3 errors`.
 */
const NAMED = new RegExp(
  String.raw`(?:${WORDS}|${SHORT}(?=\\?["']|[ \t]{0,9}:?=))(\\?["'])?[ \t]{0,9}(:=|=>|[=:])[ \t]{0,9}(?:\[[ \t]{0,3}(?=\\?["']))?(?:[bu]?(\\?["']))?`,
  "gi",
);

/** A short name and a colon, with a value that is no word: it has letters and digits, and eight characters. */
const SHORT_WITH_COLON = new RegExp(
  String.raw`${SHORT}[ \t]{0,9}:[ \t]{0,9}(?=[^\s"',;]{8})(?=[^\s"',;]{0,64}[A-Za-z])(?=[^\s"',;]{0,64}\d)`,
  "gi",
);

/** The quote after a name may be that which closes the text around it, as in `["Enter password:","x"]`. */
const AFTER_TEXT = /[ \t]*(?:$|[,}\]](?:$|[\s"'{}[\],\\]))/y;

/** Of JSON, and of other texts: no value, or more than one. */
const NO_VALUE = /(?:true|false|null)(?=$|[\s"'&,;)\]}<>])/iy;

/** A mark that ends a value only if none or another name follows: passwords have all of them. */
const UNQUOTED = /(?:[^\s"'&,;)\]}<>\\]|\\(?!["'])|[',;)\]}](?=[^\s"'&,;)\]}<>])(?![\w.-]{1,64}[=:]))*/y;
/** A quote ends one only where it closes a literal: `fetch('/?token=x')`. */
const IN_QUERY = /(?:[^\s"'&#<>\\]|\\(?!["'])|'(?![\s),;\]}>]|$))*/y;

/** Of a connection string, whose values may have spaces: up to the next semicolon or the closing quote behind one, else to `;name=`. */
const IN_CONNECTION = /[^;"'\r\n]{1,128}(?=[;"'])/y;
const BEFORE_NAME = /[^;"'\r\n]{1,128}(?=;[A-Za-z][\w ]{0,40}=)/y;
const AFTER_SEMICOLON = /;[ \t]{0,3}[\w -]{0,24}$/;

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
  ...valuesBehind(text, SHORT_WITH_COLON, (start) => endOf(UNQUOTED, text, start)),
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
  const before = text.slice(Math.max(0, name - MAX_PREFIX), name);
  if (QUERY_NAME.test(before)) return endOf(IN_QUERY, text, start);
  const end = endOf(UNQUOTED, text, start);
  if (sign !== "=" || text[end] !== " ") return end;
  return Math.max(end, endOf(AFTER_SEMICOLON.test(before) ? IN_CONNECTION : BEFORE_NAME, text, start));
}

/** @param value sticky. @returns 0 if it does not match */
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
