import { between, type InputRule, matching } from "../../inputs/rules";

/** The rule of an input that becomes the value of a function's environment variable: what the function itself accepts. */
export const acceptedText = (
  { patterns, allowed }: { readonly patterns: readonly RegExp[]; readonly allowed: string },
  source?: string,
): InputRule => matching(patterns, allowed, source);

/** The same for a whole number. */
export const acceptedNumber = ({
  minimum,
  maximum,
}: {
  readonly minimum: number;
  readonly maximum: number;
}): InputRule => between(minimum, maximum);
