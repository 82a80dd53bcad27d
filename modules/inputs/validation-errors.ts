import { Token } from "cdktf";
import { nearestName } from "./nearest-name";
import { type InputRule, notNull } from "./rules";
import { type Fields, type Schema, snakeCase } from "./schema";
import { literalsOf } from "./values";

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
    ...unknown.map((name) => `${path}${name}: there is no such input${advice(name, Object.keys(fields))}`),
    ...Object.entries(fields).flatMap(([name, { schema, default: value }]) => {
      const own = given[name];
      if (value === undefined && own === undefined) return [`${path}${name} is missing`];
      return own === undefined || (own === null && value !== undefined) ? [] : errorsIn(schema, own, `${path}${name}`);
    }),
  ];
}

function advice(unknown: string, names: readonly string[]): string {
  const nearest = nearestName(unknown, names);
  return `; ${nearest === undefined ? "inputs" : `did you mean ${nearest}? Inputs`} are ${names.join(", ")}`;
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
  return [...schema.rules.flatMap((rule) => errorsBy(rule, schema, value, path)), ...errorsInside(schema, value, path)];
}

function errorsBy(rule: InputRule, { fields }: Schema, value: unknown, path: string): string[] {
  const given = rule.about && fields ? membersOf(fields, value as object, rule.about) : value;
  if (rule.about && Object.values(given as object).some(Token.isUnresolved)) return [];
  return rule.accepts(given) ? [] : [`${path} = ${JSON.stringify(given)}: ${asProps(rule)}`];
}

/** The same with the names that attributes have here. */
const asProps = (rule: InputRule): string =>
  (rule.about ?? []).reduce((text, name) => text.replaceAll(snakeCase(name), name), allowedText(rule));

function membersOf(fields: Fields, value: object, names: readonly string[]): object {
  const members: Readonly<Record<string, unknown>> = literalsOf(fields, value as Record<string, unknown>);
  return Object.fromEntries(names.map((name) => [name, members[name]]));
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

/**
 * Whether values have the types of their schemas, whatever rules they break: what compares them would fail otherwise. A token has.
 */
export const haveTypes = (fields: Fields, given: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(fields).every(([name, { schema, default: value }]) => {
    const own = given[name] ?? undefined;
    return own === undefined ? value !== undefined : hasType(schema, own);
  });

function hasType({ kind, fields, element }: Schema, value: unknown): boolean {
  if (Token.isUnresolved(value)) return true;
  if (value === null || !isOfKind[kind](value)) return false;
  if (fields) return haveTypes(fields, value as Record<string, unknown>);
  return !element || Object.values(value as object).every((each) => hasType(element, each));
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
