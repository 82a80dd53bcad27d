import { setOf } from "./bytes";
import { out } from "./scratch";

/** What a number may be made of, be it by escapes, and in other scripts' digits. */
const IN_NUMBERS = setOf("0123456789+-.eE \\uabcdfABCDF\t\n\r");
for (let byte = 0x80; byte < 0x100; byte++) IN_NUMBERS[byte] = 1;

const EXPONENT = setOf("eE\\");

/** Whether the body of a JSON string, in `out`, may be a number with an exponent: the plain path then looks closer. */
export function isNumberLike(start: number, end: number): boolean {
  if (IN_NUMBERS[out[start]!] !== 1) return false;
  let hasExponent = false;
  for (let i = start; i < end; i++) {
    const byte = out[i]!;
    if (IN_NUMBERS[byte] !== 1) return false;
    if (EXPONENT[byte] === 1) hasExponent = true;
  }
  return hasExponent;
}
