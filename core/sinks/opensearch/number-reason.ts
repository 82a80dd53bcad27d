import { FIELD_LIMITS } from "./field-limits";

/**
 * A text that is a number with an exponent of -1000 or less, in any script's digits. OpenSearch 2.19 expands it to all its digits
 * where a field is mapped as a whole number: "1e-10000000" takes 14 seconds, and a larger exponent does not end at all.
 */
const TINY = /^\s*[-+]?[\p{Nd}.]+[eE]-\p{Nd}{4,}\s*$/u;

const NUMBER = /^\s*[-+]?[\p{Nd}.]+(?:[eE][-+]?\p{Nd}+)?\s*$/u;

const DIGITS = /\p{Nd}/gu;

/** Says why an engine must not get a text as a field's value: it is a number that takes the engine too long to read. */
export function reasonOfText(text: string): string | undefined {
  // Most texts are neither.
  if ((text.includes("e-") || text.includes("E-")) && TINY.test(text)) return "a number of too many digits, as text";
  return text.length > FIELD_LIMITS.digits && NUMBER.test(text) ? reasonOfNumber(text) : undefined;
}

/** The same of a number. @param token as it is written */
export function reasonOfNumber(token: string): string | undefined {
  if (token.length <= FIELD_LIMITS.digits) return undefined;
  const digits = token.match(DIGITS)!.length;
  return digits > FIELD_LIMITS.digits ? `a number of ${digits} digits, the limit is ${FIELD_LIMITS.digits}` : undefined;
}
