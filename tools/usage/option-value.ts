import { Option } from "commander";
import type { Variable } from "../../core/settings/variable";

/** The values that an option accepts, declared like the variables of the forwarder: some options are the same settings. */
export type OptionValue<T> = Pick<Variable<T>, "allowed" | "mayHoldPassword" | "parse">;

/** An option whose value a {@link UsageCommand} checks and parses. */
export class ValueOption<T> extends Option {
  constructor(
    flags: string,
    description: string,
    readonly value: OptionValue<T>,
  ) {
    super(flags, description);
  }
}

/** A whole number, both limits included. */
export function wholeNumber(minimum: number, maximum: number): OptionValue<number> {
  return numberOf("a whole number", /^(0|[1-9]\d*)$/, minimum, maximum);
}

/** A number that may have decimals, both limits included. */
export function decimalNumber(minimum: number, maximum: number): OptionValue<number> {
  return numberOf("a number", /^\d+(\.\d+)?$/, minimum, maximum);
}

function numberOf(noun: string, form: RegExp, minimum: number, maximum: number): OptionValue<number> {
  return {
    allowed: `${noun} from ${minimum} to ${maximum}`,
    parse(given) {
      const number = form.test(given) ? Number(given) : Number.NaN;
      return number >= minimum && number <= maximum ? number : undefined;
    },
  };
}
