/** An environment variable of a function. */
export interface Variable<T> {
  meaning: string;
  /** Completes "Allowed: …" in the error and in the docs. */
  allowed: string;
  /** Used when the variable is unset or empty; without it the variable is required. */
  default?: string;
  /** Errors are logged, so they do not repeat the value. */
  mayHoldPassword?: true;
  /** Returns undefined for a value that is not allowed. */
  parse(value: string): T | undefined;
  /**
   * Returns each mistake in a value that is not allowed, with its place in it. @default that the value is not allowed
   *
   * @param path the variable's name, or where else the value is
   */
  mistakesIn?(value: string, path: string): readonly string[];
}

/**
 * A value that matches every pattern. The constructs have Terraform match the same patterns, so they keep to what
 * JavaScript and RE2 read alike: no lookahead, no backreference.
 */
export const textMatching = (...patterns: readonly RegExp[]) => ({
  patterns,
  parse: (value: string): string | undefined => (patterns.every((pattern) => pattern.test(value)) ? value : undefined),
});

/** Names without spaces and quotes. Not by `\s`, which has more spaces in JavaScript than in RE2. */
export const NAME_WITHOUT_SPACES = /^[^\t-\r "]+$/;

/** A pattern of the texts with so many characters, which are code points for JavaScript, too. RE2 repeats no more than 1,000 times. */
export const ofLength = (minimum: number, maximum: number): RegExp =>
  new RegExp(`^[\\s\\S]{${minimum},${maximum}}$`, "u");

/** A whole number, both limits included. */
export const integer = (minimum: number, maximum: number) => ({
  minimum,
  maximum,
  allowed: `${minimum} to ${maximum}`,
  parse(value: string): number | undefined {
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    return number >= minimum && number <= maximum ? number : undefined;
  },
});

export const textOneOf = <const T extends string>(...values: readonly T[]) => ({
  values,
  parse: (value: string): T | undefined => values.find((known) => known === value),
});

/** `on` or `off`. */
export const onOff = (value: string): boolean | undefined =>
  value === "on" || value === "off" ? value === "on" : undefined;

/** The values of parsed variables. */
export type VariableValues<Variables extends Record<string, Variable<unknown>>> = {
  [Name in keyof Variables]: NonNullable<ReturnType<Variables[Name]["parse"]>>;
};
