const [ZERO, NINE] = [0x30, 0x39];

/** @param code of a character; NaN beyond the end of a text */
export const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;

export const isHexDigit = (code: number): boolean =>
  isDigit(code) || (code >= 0x61 && code <= 0x66) || (code >= 0x41 && code <= 0x46);

export const isLetterOrDigit = (code: number): boolean =>
  isDigit(code) || (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);

/** Returns where a run of characters ends. @param start where it begins, if it does */
export function endOfRun(text: string, start: number, isOfRun: (code: number) => boolean): number {
  let end = start;
  while (end < text.length && isOfRun(text.charCodeAt(end))) end++;
  return end;
}

/** Returns where a run of characters that ends at `end` begins. @param from it begins nowhere before it */
export function startOfRun(text: string, end: number, from: number, isOfRun: (code: number) => boolean): number {
  let start = end;
  while (start > from && isOfRun(text.charCodeAt(start - 1))) start--;
  return start;
}
