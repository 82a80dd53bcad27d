import { type Field, type Fields, type Schema, snakeCase } from "../../modules/inputs/schema";
import { typeConstraint } from "../../modules/inputs/variables";
import { code, markdownTable } from "../../tools/text/markdown-table";

/** An overview: one row for each variable. */
export const inputsTable = (inputs: Fields): string =>
  markdownTable(
    ["Variable", "Default", "Description"],
    Object.entries(inputs).map(([name, field]) => [code(snakeCase(name)), defaultOf(field), field.description]),
  );

/** One row for each variable and for each field of those that are objects, with types and limits. */
export const inputsInFullTable = (inputs: Fields): string =>
  markdownTable(["Variable", "Type", "Default", "Description", "Allowed"], rowsOf(inputs, ""));

const rowsOf = (fields: Fields, path: string): string[][] =>
  Object.entries(fields).flatMap(([name, field]) => {
    const own = `${path}${snakeCase(name)}`;
    const [inner, innerPath] = fieldsOf(field.schema, own);
    const type = inner ? field.schema.kind : typeConstraint(field.schema);
    return [
      [code(own), code(type), defaultOf(field), field.description, allowedOf(field.schema)],
      ...rowsOf(inner ?? {}, innerPath),
    ];
  });

const fieldsOf = ({ fields, element }: Schema, path: string): [Fields | undefined, string] =>
  fields ? [fields, `${path}.`] : [element?.fields, `${path}[*].`];

/** The rules about a value, the keys of a map and the elements of a list. */
const allowedOf = ({ rules, keyRules = [], element }: Schema): string =>
  [
    ...rules.map(({ allowed }) => allowed),
    ...keyRules.map(({ allowed }) => `keys: ${allowed}`),
    ...(element?.rules ?? []).map(({ allowed }) => `each: ${allowed}`),
  ].join("; ");

/** The default in Terraform's syntax. */
function defaultOf({ default: value }: Field): string {
  return value === undefined ? "required" : code(hcl(value));
}

function hcl(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return JSON.stringify(value);
  }
  const entries = Object.entries(value).map(([name, each]) => `${snakeCase(name)} = ${hcl(each)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}
