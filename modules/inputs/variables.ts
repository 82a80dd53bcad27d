import { TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { type Field, type Fields, type Props, type Schema, snakeCase } from "./schema";
import { validationBlocksOf } from "./validation-blocks";
import { complete } from "./values";

/** Declares a Terraform variable for each input. @returns them as props of the construct */
export function declareVariables<F extends Fields>(scope: Construct, inputs: F): Props<F> {
  const variables = Object.entries(inputs).map(([name, field]) => {
    const variable = new TerraformVariable(scope, snakeCase(name), {
      type: typeConstraint(field.schema),
      description: field.description,
      validation: validationBlocksOf(snakeCase(name), field),
    });
    // An override, because the constructor renames the keys of a default and rejects null.
    variable.addOverride("default", complete(field.schema, field.default));
    variable.addOverride("nullable", field.default === null);
    return [name, variable.value];
  });
  return Object.fromEntries(variables);
}

/** Terraform's type constraint, such as `map(object({ shards = optional(number, 1) }))`. */
export function typeConstraint({ kind, element, fields }: Schema): string {
  if (fields) {
    const attributes = Object.entries(fields).map(([name, field]) => `${snakeCase(name)} = ${attributeType(field)}`);
    return `object({ ${attributes.join(", ")} })`;
  }
  return element ? `${kind}(${typeConstraint(element)})` : kind;
}

function attributeType({ schema, default: value }: Field): string {
  const type = typeConstraint(schema);
  if (value === undefined) {
    return type;
  }
  return value === null ? `optional(${type})` : `optional(${type}, ${JSON.stringify(value)})`;
}
