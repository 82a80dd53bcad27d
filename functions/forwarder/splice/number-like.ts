import { BACKSLASH, setOf } from "./bytes";
import { out } from "./scratch";

/** What a number may be made of, be it by escapes (their letters are hexadecimal), and in other scripts' digits. */
const IN_NUMBERS = setOf("0123456789+-.eE \\uabcdfABCDF\t\n\r");
for (let byte = 0x80; byte < 0x100; byte++) IN_NUMBERS[byte] = 1;

const EXPONENT = setOf("eE");
const IN_ESCAPES = setOf("uabcdfABCDF");

/**
 * Whether the body of a JSON string, in `out`, may be a number with an exponent: the plain path then looks closer. Ids such
 * as UUIDs, which are in most JSON logs, have other letters than one "e", and are none.
 */
export function isNumberLike(start: number, end: number): boolean {
  let exponents = 0;
  let letters = 0;
  let escapes = 0;
  for (let i = start; i < end; i++) {
    const byte = out[i]!;
    if (IN_NUMBERS[byte] !== 1) return false;
    if (EXPONENT[byte] === 1) exponents++;
    else if (IN_ESCAPES[byte] === 1) letters++;
    else if (byte === BACKSLASH) escapes++;
  }
  return escapes > 0 || (exponents === 1 && letters === 0);
}
