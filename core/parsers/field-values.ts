import { isIP } from "node:net";
import { type FieldValue, NumberText } from "./parsed-message";

/** Reads the text of a field; undefined: the field has no value, or the text is none of the kind. */
export type FieldReader = (text: string) => FieldValue | undefined;

/** AWS writes `-` for a field without a value. */
export const isAbsent = (text: string): boolean => text === "" || text === "-";

export const asText: FieldReader = (text) => (isAbsent(text) ? undefined : text);

/** Longer ones are nobody's measurement, and engines take them for texts. */
export const MAX_DIGITS = 30;

const DECIMAL = /^-?\d+(\.\d+)?$/;

/** A whole number, such as a size in bytes. Zeros before it are dropped: `000` is 0. */
export const asInteger: FieldReader = (text) =>
  text.length <= MAX_DIGITS && isInteger(text) ? new NumberText(withoutZeros(text)) : undefined;

const [MINUS, ZERO, NINE] = [0x2d, 0x30, 0x39];

function isInteger(text: string): boolean {
  const first = text.charCodeAt(0) === MINUS ? 1 : 0;
  for (let i = first; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < ZERO || code > NINE) return false;
  }
  return text.length > first;
}

/** A number that may have decimals, such as a duration in seconds. Whole ones get a decimal, so that the first decides nothing. */
export const asDecimal: FieldReader = (text) => {
  if (text.length > MAX_DIGITS || !DECIMAL.test(text)) return undefined;
  return new NumberText(withoutZeros(text.includes(".") ? text : `${text}.0`));
};

/** As `asInteger` and `asDecimal`, for numbers whose negative values say that there is none. */
export const unlessNegative =
  (read: FieldReader): FieldReader =>
  (text) =>
    text.startsWith("-") ? undefined : read(text);

/** An IPv4 or IPv6 address, without port and zone. */
export const asIp: FieldReader = (text) => (isIP(text) !== 0 && !text.includes("%") ? text : undefined);

/** JSON's numbers have no zeros before other digits. */
const withoutZeros = (text: string) =>
  text.charCodeAt(0) <= ZERO && /^-?0\d/.test(text) ? text.replace(/^(-?)0+(?=\d)/, "$1") : text;
