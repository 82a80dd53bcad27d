import { isObject } from "./object";

/** Matches every JSON text that may hold one of `HUGE`, escaped or not: it rules out most messages. */
const MAYBE = /[eE]-|\\u00/;

/** A text that is a number with an exponent of -1000 or less, in any script's digits. */
const HUGE = /^\s*[-+]?[\p{Nd}.]+[eE]-\p{Nd}{4,}\s*$/u;

/**
 * Whether a JSON object contains such a text. OpenSearch 2.19 expands it to all its digits where a field is mapped as a
 * whole number: "1e-10000000" takes 14 seconds, and a larger exponent does not end at all.
 *
 * @param object what `json` parses to
 */
export function hasHugeNumber(json: string, object: Record<string, unknown>): boolean {
  if (!MAYBE.test(json)) return false;
  const open: unknown[] = [object];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === "string") {
      if (HUGE.test(value)) return true;
    } else if (Array.isArray(value) || isObject(value)) {
      for (const one of Object.values(value)) open.push(one);
    }
  }
  return false;
}
