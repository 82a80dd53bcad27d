import { type TextFinder, valuesBehind } from "../text-range";

/** Names whose values are secrets of any characters. Source: OWASP Cheat Sheet Series, "Logging", data to exclude. */
export const PASSWORD_NAMES = "password|passwd|passphrase|secret_?key|private_?key|api[-_]?key|auth_?token";

/** A name, its own closing quote, and what is before a value: in queries, headers, assignments, and literals of languages. */
const NAMED = new RegExp(
  String.raw`(?:${PASSWORD_NAMES})(\\?["'])?[ \t]{0,9}(:=|=>|[=:])[ \t]{0,9}(?:\[[ \t]{0,3}(?=\\?["']))?(?:[bu]?(\\?["']))?`,
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

/** Finds passwords and keys by their names. */
export const findPasswords: TextFinder = (text) =>
  valuesBehind(text, NAMED, (start, { 1: quoteOfName, 2: sign, 3: quote, index }) => {
    if (quote === undefined) return endOfUnquoted(text, start, index, sign!);
    const isOther = !quoteOfName && sign === ":" && isAt(AFTER_TEXT, text, start);
    return isOther ? start : endOfQuoted(text, start, quote);
  });

/** @param sign between the name and the value: objects of JSON are values behind a colon */
function endOfUnquoted(text: string, start: number, name: number, sign: string): number {
  if (isAt(NO_VALUE, text, start) || (sign === ":" && "{[\\".includes(text.charAt(start)))) return start;
  const isInQuery = QUERY_NAME.test(text.slice(Math.max(0, name - MAX_PREFIX), name));
  const value = isInQuery ? IN_QUERY : UNQUOTED;
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
