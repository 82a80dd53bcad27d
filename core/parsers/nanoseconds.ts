import { NumberText } from "./parsed-message";
import { SpanOp } from "./span-ops";
import { withStep } from "./span-step";

const DURATION = /^(\d{1,12})(?:\.(\d{1,30}))?$/;

const DIGITS = { s: 9, ms: 6, µs: 3 } as const;

/**
 * Turns a duration into the whole nanoseconds of `event.duration`, by its digits: a float makes 153.883481 s another number.
 *
 * @param text decimal, such as `0.086`; digits below a nanosecond are dropped
 * @returns undefined for any other text, negative ones included
 */
export function nanoseconds(text: string, unit: keyof typeof DIGITS): NumberText | undefined {
  const [, whole, fraction = ""] = DURATION.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const digits = whole + fraction.padEnd(DIGITS[unit], "0").slice(0, DIGITS[unit]);
  return new NumberText(digits.replace(/^0+(?=\d)/, ""));
}

/** The same as a field's value. */
export const asNanoseconds = (unit: keyof typeof DIGITS) =>
  withStep((text: string) => nanoseconds(text, unit), { op: SpanOp.nanoseconds, digits: DIGITS[unit] });
