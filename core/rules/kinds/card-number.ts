import type { TextFinder, TextRange } from "../text-range";

/** First digits by length: of American Express, Diners, Discover, JCB, Maestro, Mastercard, Mir, UnionPay and Visa. */
const FIRST_DIGITS: Readonly<Record<number, string>> = {
  13: "4",
  14: "3",
  15: "3",
  16: "234568",
  17: "56",
  18: "56",
  19: "4568",
};

/** Digits that no other digit is next to; behind a decimal point they are no number by themselves. */
const DIGITS = /(?<!\d|\d\.)\d{13,19}(?!\d)/g;

/** As cards show them, in groups between spaces, hyphens or dots: 4-4-4-4, with up to three digits more, 4-6-5 or 4-6-4. */
const GROUPS = /(?<!\d)(?:\d{4}([ .\u00a0-])\d{4}\1\d{4}\1\d{4}|\d{4}([ .\u00a0-])\d{6}\2\d{4,5})(?!\d)/g;
const LONG_GROUPS = /(?<!\d)\d{4}([ .\u00a0-])\d{4}\1\d{4}\1\d{4}\1\d{1,3}(?!\d)/g;

/** A number as some write those of many digits into JSON: `4.111111111111111e15`. */
const EXPONENT = /(?<![\d.])\d\.\d{1,18}[eE]\+?1\d(?!\d)/g;

/** What each of them has: most texts have neither. */
const DIGITS_OR_EXPONENT = /\d{4}|\d[eE]\+?1\d/;

/** Finds card numbers: 13 to 19 digits, by the first one and by the check digit of Luhn. */
export const findCardNumbers: TextFinder = (text) => {
  const found: TextRange[] = [];
  if (!DIGITS_OR_EXPONENT.test(text)) return found;
  for (const pattern of [DIGITS, GROUPS, LONG_GROUPS, EXPONENT]) {
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
      const { 0: written, index: start } = match;
      if (isCardNumber(digitsOf(written))) found.push({ start, end: start + written.length });
      // The groups of a number may follow others.
      else pattern.lastIndex = start + 1;
    }
  }
  return found;
};

const digitsOf = (written: string): string =>
  /e/i.test(written) ? String(Number(written)) : written.replace(/\D/g, "");

/** Source: ISO/IEC 7812-1, Annex B: every second digit from the right, without the last one, counts twice. */
function isCardNumber(digits: string): boolean {
  if (!FIRST_DIGITS[digits.length]?.includes(digits[0]!)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[i]);
    const doubled = (digits.length - i) % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
