import { endOfRun, isDigit, isLetterOrDigit, startOfRun } from "../characters";
import type { TextFinder, TextRange } from "../text-range";

const [PERCENT, PLUS, HYPHEN, DOT, UNDERSCORE] = [0x25, 0x2b, 0x2d, 0x2e, 0x5f];

/** A letter or digit beyond ASCII. Source: RFC 6531, "SMTP Extension for Internationalized Email". */
const FOREIGN = /[\p{L}\p{N}\p{M}]/u;

const isWord = (code: number) =>
  isLetterOrDigit(code) || code === HYPHEN || (code > 0x7f && FOREIGN.test(String.fromCharCode(code)));

/** Others that RFC 5322 allows are what delimits addresses in logs, as in `user=a@b.example`. */
const isLocal = (code: number) =>
  isWord(code) || code === DOT || code === UNDERSCORE || code === PLUS || code === PERCENT;

const isDomain = (code: number) => isWord(code) || code === DOT;

/** Finds e-mail addresses: letters, digits and `. _ % + -`, an @, and a domain of two labels at least. */
export const findEmails: TextFinder = (text) => {
  const found: TextRange[] = [];
  let from = 0;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    const start = startOfRun(text, at, from, isLocal);
    from = at + 1;
    const end = start < at ? endOfDomain(text, at + 1) : undefined;
    if (end === undefined) continue;
    found.push({ start, end });
    from = end;
  }
  return found;
};

/** Returns where the domain that begins at `start` ends, without what follows its last label of two characters, as in `a.example.5`. */
function endOfDomain(text: string, start: number): number | undefined {
  let domain = text.slice(start, endOfRun(text, start, isDomain));
  for (let dot = domain.lastIndexOf("."); dot > 0; dot = domain.lastIndexOf(".")) {
    if (domain.length - dot > 2 && !isDigit(domain.charCodeAt(dot + 1))) return start + domain.length;
    domain = domain.slice(0, dot);
  }
  return undefined;
}
