import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { snakeCase } from "../inputs/schema";
import type { Expression } from "./expression";

/** Declares a Terraform output for each of a construct's outputs. */
export function declareOutputs<Name extends string>(
  scope: Construct,
  descriptions: Readonly<Record<Name, string>>,
  outputs: Readonly<Record<Name, Expression>>,
): void {
  for (const name of Object.keys(descriptions) as Name[]) {
    // "output" keeps the construct apart from the variable that may have the same name.
    const output = new TerraformOutput(scope, `output_${name}`, {
      value: outputs[name],
      description: descriptions[name],
    });
    output.overrideLogicalId(snakeCase(name));
  }
}
