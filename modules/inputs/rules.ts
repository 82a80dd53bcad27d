import { literal } from "../terraform/expression";
import { bytesAtPlan, encodedJson } from "../terraform/json";

/** A validation rule, declared once for synth (in TypeScript) and for plan (in Terraform's language). */
export interface InputRule {
  /** Completes "allowed is …". */
  readonly allowed: string;
  /** Title of the page that documents the limit. */
  readonly source?: string;
  /** Of a rule between attributes of an object: those that it compares, in alphabetical order, as props name them. Messages show these alone. */
  readonly about?: readonly string[];
  /** @param value of a rule that is `about` some: these, completed by their defaults */
  accepts(value: unknown): boolean;
  /** @param value a Terraform expression that is not null */
  condition(value: string): string;
}

const grouped = new Intl.NumberFormat("en-US");

/** Writes 1000 as "1,000". */
export const thousands = (value: number): string => grouped.format(value);

/** A whole number, both limits included. */
export function between(minimum: number, maximum: number, source?: string): InputRule {
  return {
    allowed: `a whole number from ${thousands(minimum)} to ${thousands(maximum)}`,
    accepts: (value) => Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum,
    condition: (value) => `${value} >= ${minimum} && ${value} <= ${maximum} && floor(${value}) == ${value}`,
    ...(source && { source }),
  };
}

/** Any number, both limits included. */
export function decimalBetween(minimum: number, maximum: number, source?: string): InputRule {
  return {
    allowed: `a number from ${minimum} to ${maximum}`,
    accepts: (value) => typeof value === "number" && value >= minimum && value <= maximum,
    condition: (value) => `${value} >= ${minimum} && ${value} <= ${maximum}`,
    ...(source && { source }),
  };
}

/** A part of a whole. */
export const share: InputRule = decimalBetween(0, 1);

export function oneOf(values: readonly (string | number)[], source?: string): InputRule {
  return {
    allowed: `one of ${values.join(", ")}`,
    accepts: (value) => (values as readonly unknown[]).includes(value),
    condition: (value) => `contains(${JSON.stringify(values)}, ${value})`,
    ...(source && { source }),
  };
}

/** @param patterns that JavaScript and Terraform (RE2) read alike; a value matches each of them */
export function matching(patterns: RegExp | readonly RegExp[], allowed: string, source?: string): InputRule {
  const all = [patterns].flat();
  return {
    allowed,
    accepts: (value) => typeof value === "string" && all.every((pattern) => pattern.test(value)),
    condition: (value) => all.map((pattern) => `can(regex(${terraformPattern(pattern)}, ${value}))`).join(" && "),
    ...(source && { source }),
  };
}

/** @param patterns that JavaScript and Terraform (RE2) read alike; a value matches none of them */
export function matchingNone(patterns: readonly RegExp[], allowed: string, source?: string): InputRule {
  return {
    allowed,
    accepts: (value) => typeof value === "string" && !patterns.some((pattern) => pattern.test(value)),
    condition: (value) => patterns.map((pattern) => `!can(regex(${terraformPattern(pattern)}, ${value}))`).join(" && "),
    ...(source && { source }),
  };
}

/** A pattern as a literal of Terraform. JavaScript escapes "/", and has flags behind the pattern. */
export const terraformPattern = ({ source, ignoreCase }: RegExp): string =>
  literal(`${ignoreCase ? "(?i)" : ""}${source.replaceAll("\\/", "/")}`);

/** Counts the characters of a string, the elements of a list or the entries of a map; both limits included. */
export function size(minimum: number, maximum: number, unit: string, source?: string): InputRule {
  return {
    allowed: `${thousands(minimum)} to ${thousands(maximum)} ${unit}`,
    accepts: (value) => {
      const count = typeof value === "object" && value !== null ? Object.keys(value).length : [...String(value)].length;
      return count >= minimum && count <= maximum;
    },
    condition: (value) => `${minimum === 0 ? "" : `length(${value}) >= ${minimum} && `}length(${value}) <= ${maximum}`,
    ...(source && { source }),
  };
}

/** The bytes that a value takes as JSON, as Terraform writes it. */
export function jsonSize(maximum: number, source?: string): InputRule {
  return {
    allowed: `up to ${thousands(maximum)} bytes as JSON`,
    accepts: (value) => Buffer.byteLength(encodedJson(value)) <= maximum,
    condition: (value) => `${bytesAtPlan(`jsonencode(${value})`)} <= ${maximum}`,
    ...(source && { source }),
  };
}

/** For entries of maps, elements of lists and attributes without a default. Other rules do not apply to null. */
export const notNull: InputRule = {
  allowed: "a value, not null",
  accepts: (value) => value !== null,
  condition: (value) => `${value} != null`,
};
