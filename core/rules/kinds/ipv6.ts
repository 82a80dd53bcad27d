import { isIPv6 } from "node:net";
import { endOfRun, isHexDigit, isLetterOrDigit, startOfRun } from "../characters";
import type { TextFinder, TextRange } from "../text-range";

const [COLON, DOT] = [0x3a, 0x2e];

const isOfAddress = (code: number) => isHexDigit(code) || code === COLON || code === DOT;

/** Eight groups of four digits, or six and an IPv4 address, and a port. */
const MAX_LENGTH = 45 + ":65535".length;

/** Finds IPv6 addresses; `::` alone is none, as it is in code. */
export const findIpv6: TextFinder = (text) => {
  const found: TextRange[] = [];
  let from = 0;
  for (let colon = text.indexOf(":"); colon >= 0; colon = text.indexOf(":", from)) {
    const start = startOfRun(text, colon, from, isOfAddress);
    const end = endOfRun(text, colon, isOfAddress);
    from = end;
    const range = addressIn(text, start, end);
    if (range) found.push(range);
  }
  return found;
};

/** Whether a run has as many colons as an address: times of day, which are in most lines, have fewer. */
function hasColons(text: string, start: number, end: number): boolean {
  let colons = 0;
  for (let i = start; i < end; i++) {
    if (text.charCodeAt(i) !== COLON) continue;
    if (++colons === 6 || text.charCodeAt(i + 1) === COLON) return true;
  }
  return false;
}

/** Looks for an address in a run of its characters: without colons and dots around it, and without a port. */
function addressIn(text: string, runStart: number, runEnd: number): TextRange | undefined {
  // `std::dead` is no address, and the `d::` in it is none either.
  const isCut = isLetterOrDigit(text.charCodeAt(runStart - 1));
  const start = isCut ? text.indexOf(":", runStart) : runStart;
  if (isCut && text.charCodeAt(start + 1) === COLON) return undefined;
  let end = isLetterOrDigit(text.charCodeAt(runEnd)) ? text.lastIndexOf(":", runEnd - 1) + 1 : runEnd;
  while (start < end && text.charCodeAt(end - 1) === DOT) end--;
  if (end - start < 3 || end - start > MAX_LENGTH + 2 || !hasColons(text, start, end)) return undefined;
  const candidates = [
    [start, end],
    [start + 1, end],
    [start, end - 1],
    [start + 1, end - 1],
    [start, text.lastIndexOf(":", end - 1)],
    [start + 1, text.lastIndexOf(":", end - 1)],
  ] as const;
  for (const [first, last] of candidates) {
    if (text.indexOf(":", first) >= last) continue;
    const address = text.slice(first, last);
    if (address !== "::" && isIPv6(address)) return { start: first, end: last };
  }
  return undefined;
}
