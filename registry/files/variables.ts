import { type Field, type Fields, type Schema, snakeCase } from "../../modules/inputs/schema";
import { typeConstraint } from "../../modules/inputs/variables";
import { blockText } from "../hcl/block";
import type { Synthesized } from "../stack/synthesize";

/** variables.tf: the inputs in the order of their table. */
export const variablesFile = (inputs: Fields, { variable }: Synthesized): string =>
  Object.entries(inputs)
    .map(([name, field]) => {
      const { validation } = variable[snakeCase(name)] as { validation: readonly unknown[] };
      const body = {
        description: descriptionOf(field),
        type: `\${${typeConstraint(field.schema)}}`,
        default: terraformDefault(field.default),
        // True is the default.
        ...(field.default !== null && { nullable: false }),
        ...(validation.length > 0 && { validation }),
      };
      return blockText(`variable "${snakeCase(name)}"`, body, {}, (path) => path === "default");
    })
    .join("\n");

/** With a line for each field of an object: the registry shows nothing else about them. */
function descriptionOf({ description, schema }: Field): string {
  const fields = fieldsOf(schema);
  return fields === undefined
    ? description
    : [
        description,
        "",
        ...Object.entries(fields).map(([name, field]) => `- \`${snakeCase(name)}\`: ${field.description}`),
      ].join("\n");
}

const fieldsOf = ({ fields, element }: Schema): Fields | undefined => fields ?? element?.fields;

/** A default by Terraform's names. Terraform completes it by the defaults in the type constraint. */
export function terraformDefault(value: unknown): unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).map(([name, each]) => [snakeCase(name), terraformDefault(each)]))
    : value;
}
