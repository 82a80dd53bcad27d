import { BACKSLASH, NINE, setOf, ZERO } from "./bytes";
import { out } from "./scratch";

/** What dates are made of, be it by escapes. */
const IN_DATES = setOf("-/0123456789:.,T+Z \\uabcdefABCDEF");

/** Whether the body of a JSON string, in `out`, may be nothing but a date: the plain path then looks closer. */
export function isDateLike(start: number, end: number): boolean {
  const first = out[start]!;
  if (start === end || (first !== BACKSLASH && (first < ZERO || first > NINE))) return false;
  for (let i = start; i < end; i++) if (IN_DATES[out[i]!] !== 1) return false;
  return true;
}
