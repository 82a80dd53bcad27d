import type { TextRange } from "../text-range";

/**
 * Names whose values are secrets of any characters, with what is before a value: in queries, headers, assignments and JSON, where a
 * value that is no text is left alone unless it is a number. Source: OWASP Cheat Sheet Series, "Logging", data to exclude.
 */
const NAMED =
  /(?:password|passwd|passphrase|secret_?key|private_?key|api[-_]?key|auth_?token)(?:\\?["'])?[ \t]{0,3}[=:][ \t]{0,3}(\\?["'])?(?=[^\s"'\\{[])(?!(?:true|false|null)\b)/gi;

const UNQUOTED = /[^\s"'&,;)\]}<>]*/y;

/** Finds passwords and keys by their names. */
export function findPasswords(text: string): TextRange[] {
  return Array.from(text.matchAll(NAMED), ({ 0: name, 1: quote, index }) => {
    const start = index + name.length;
    return { start, end: quote === undefined ? endOfUnquoted(text, start) : endOfQuoted(text, start, quote) };
  });
}

function endOfUnquoted(text: string, start: number): number {
  UNQUOTED.lastIndex = start;
  UNQUOTED.test(text);
  return UNQUOTED.lastIndex;
}

/** @param quote the opening one; with a backslash in a JSON text within another */
function endOfQuoted(text: string, start: number, quote: string): number {
  for (let i = start; i < text.length; i++) {
    if (text.startsWith(quote, i)) return i;
    if (text[i] === "\\") i++;
  }
  return text.length;
}
