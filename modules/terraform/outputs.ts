import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { snakeCase } from "../inputs/schema";
import type { Expression } from "./expression";

/** Declares a Terraform output for each output of a construct. */
export function declareOutputs<Name extends string>(
  scope: Construct,
  descriptions: Readonly<Record<Name, string>>,
  outputs: Readonly<Record<Name, Expression>>,
): void {
  for (const name of Object.keys(descriptions) as Name[]) {
    // The prefix avoids a collision with a variable of the same name.
    const output = new TerraformOutput(scope, `output_${name}`, {
      value: outputs[name],
      description: descriptions[name],
    });
    output.overrideLogicalId(snakeCase(name));
  }
}
