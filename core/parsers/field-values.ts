import { isIP } from "node:net";
import { type FieldValue, NumberText } from "./parsed-message";
import { SpanOp } from "./span-ops";
import { type ReaderStep, type ReadWord, withStep } from "./span-step";

/** Reads the text of a field; undefined: the field has no value, or the text is none of the kind. */
export interface FieldReader {
  (text: string): FieldValue | undefined;
  /** Whether it makes characters that the text has not: see `ShapeMember`. @default false */
  readonly decodes?: boolean;
  /** What the WASM encoder does in its place. @default it leaves the line to the parser */
  readonly step?: ReaderStep;
}

/** Makes a reader of texts that a service has encoded. */
export const decoder = (read: (text: string) => string): FieldReader => Object.assign(read, { decodes: true });

/** AWS writes `-` for a field without a value. */
export const isAbsent = (text: string): boolean => text === "" || text === "-";

export const asText = withStep((text: string) => (isAbsent(text) ? undefined : text), { op: SpanOp.text });

/** A text in small letters. */
export const asLowerCase = withStep((text: string) => text.toLowerCase(), { op: SpanOp.lowerCase });

/** Longer ones are nobody's measurement, and engines take them for texts. */
export const MAX_DIGITS = 30;

/** A whole number, such as a size in bytes. Zeros before it are dropped: `000` is 0. */
export const asInteger = withStep(
  (text: string) => (text.length <= MAX_DIGITS && isInteger(text) ? new NumberText(withoutZeros(text)) : undefined),
  { op: SpanOp.integer },
);

const [MINUS, DOT, ZERO, NINE] = [0x2d, 0x2e, 0x30, 0x39];

/** The place of the first digit of a number. */
const firstDigit = (text: string) => (text.charCodeAt(0) === MINUS ? 1 : 0);

function isInteger(text: string): boolean {
  const first = firstDigit(text);
  return text.length > first && endOfDigits(text, first) === text.length;
}

/** Returns where the digits end that begin at `from`. */
function endOfDigits(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= NINE && text.charCodeAt(at) >= ZERO) at++;
  return at;
}

/** A number that may have decimals, such as a duration in seconds. Whole ones get a decimal, so that the first decides nothing. */
export const asDecimal = withStep(
  (text: string) => {
    if (text.length > MAX_DIGITS) return undefined;
    const first = firstDigit(text);
    const point = endOfDigits(text, first);
    if (point === first) return undefined;
    if (point === text.length) return new NumberText(withoutZeros(`${text}.0`));
    const hasFraction = text.charCodeAt(point) === DOT && point + 1 < text.length;
    return hasFraction && endOfDigits(text, point + 1) === text.length ? new NumberText(withoutZeros(text)) : undefined;
  },
  { op: SpanOp.decimal },
);

/** As `asInteger` and `asDecimal`, for numbers whose negative values say that there is none. */
export const unlessNegative = (read: FieldReader): FieldReader =>
  withStep((text: string) => (text.startsWith("-") ? undefined : read(text)), {
    ...(read.step ?? { op: SpanOp.other }),
    isNeverNegative: true,
  });

/** As what it is made of, for fields that may have no value. */
export const orAbsent = (read: FieldReader): FieldReader =>
  withStep((text: string) => (isAbsent(text) ? text : read(text)), {
    ...(read.step ?? { op: SpanOp.other }),
    isOrAbsent: true,
  });

/** An IPv4 or IPv6 address, without port and zone. */
export const asIp = withStep(
  (text: string) =>
    isIpv4(text) || (text.includes(":") && isIP(text) !== 0 && !text.includes("%")) ? text : undefined,
  { op: SpanOp.ip },
);

/** As `isIPv4` of Node.js, which takes a regular expression for the same. */
function isIpv4(text: string): boolean {
  let at = 0;
  for (let part = 0; part < 4; part++) {
    if (part > 0 && text.charCodeAt(at++) !== DOT) return false;
    const end = endOfDigits(text, at);
    const isWhole = end - at === 1 || (end - at <= 3 && text.charCodeAt(at) !== ZERO);
    if (end === at || !isWhole || (end - at === 3 && text.slice(at, end) > "255")) return false;
    at = end;
  }
  return at === text.length;
}

/** JSON's numbers have no zeros before other digits. */
function withoutZeros(text: string): string {
  const first = firstDigit(text);
  if (text.charCodeAt(first) !== ZERO || endOfDigits(text, first + 1) === first + 1) return text;
  return text.replace(/^(-?)0+(?=\d)/, "$1");
}

/**
 * Texts that each become a value, and those that are no other's: none.
 *
 * @param other the value of all others. @default they are none of the kind
 */
export function asWord(words: readonly ReadWord[], other?: FieldValue): FieldReader {
  const values = new Map(words);
  const read = (text: string) => values.get(text) ?? other;
  return withStep(read, { op: SpanOp.words, words: other === undefined ? words : [...words, ["*", other]] });
}
