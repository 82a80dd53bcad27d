import { Token } from "cdktf";
import { type InputRule, notNull } from "./rules";
import type { Fields, Schema } from "./schema";

/** `batch_size = 10001: allowed is a whole number from 1 to 10,000 (AWS's page).` Terraform's messages have the same form. */
export const allowedText = ({ allowed, source }: InputRule): string =>
  `allowed is ${allowed}${source === undefined ? "" : ` (${source})`}`;

/**
 * Validates values at synth. Tokens are left to Terraform, which knows their values at plan.
 *
 * @param path of the object that holds the values, empty for props
 * @returns a sentence for each error
 */
export function validationErrors(fields: Fields, given: Readonly<Record<string, unknown>>, path = ""): string[] {
  const unknown = Object.keys(given).filter((name) => !(name in fields));
  return [
    ...unknown.map((name) => `${path}${name}: there is no such input; inputs are ${Object.keys(fields).join(", ")}`),
    ...Object.entries(fields).flatMap(([name, { schema, default: value }]) => {
      const own = given[name] ?? undefined;
      if (own === undefined) {
        return value === undefined ? [`${path}${name} is missing`] : [];
      }
      return errorsIn(schema, own, `${path}${name}`);
    }),
  ];
}

function errorsIn(schema: Schema, value: unknown, path: string): string[] {
  if (Token.isUnresolved(value)) {
    return [];
  }
  if (value === null) {
    return [`${path} = null: ${allowedText(notNull)}`];
  }
  if (!isOfKind[schema.kind](value)) {
    return [
      `${path} = ${JSON.stringify(value)}: allowed is ${schema.kind === "object" ? "an object" : `a ${schema.kind}`}`,
    ];
  }
  const own = schema.rules.filter((rule) => !rule.accepts(value));
  return [
    ...own.map((rule) => `${path} = ${JSON.stringify(value)}: ${allowedText(rule)}`),
    ...errorsInside(schema, value, path),
  ];
}

function errorsInside({ fields, element, keyRules = [] }: Schema, value: unknown, path: string): string[] {
  if (fields) {
    return validationErrors(fields, value as Record<string, unknown>, `${path}.`);
  }
  if (Array.isArray(value)) {
    return value.flatMap((each, index) => errorsIn(element!, each, `${path}[${index}]`));
  }
  if (element) {
    return Object.entries(value as object).flatMap(([key, each]) => {
      const entry = `${path}[${JSON.stringify(key)}]`;
      const keyErrors = keyRules.filter((rule) => !rule.accepts(key)).map((rule) => `${entry}: ${allowedText(rule)}`);
      return [...keyErrors, ...errorsIn(element, each, entry)];
    });
  }
  return [];
}

const isObject = (value: unknown): boolean => typeof value === "object" && !Array.isArray(value);

const isOfKind: Readonly<Record<Schema["kind"], (value: unknown) => boolean>> = {
  bool: (value) => typeof value === "boolean",
  list: Array.isArray,
  map: isObject,
  number: (value) => typeof value === "number",
  object: isObject,
  string: (value) => typeof value === "string",
};
