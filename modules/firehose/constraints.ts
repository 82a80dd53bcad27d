import type { Constraint } from "../inputs/constraints";
import { hcl } from "../terraform/expression";
import type { deliveryInputs } from "./inputs/delivery";

/** The rules between inputs that every delivery stream has. */
export const deliveryConstraints: readonly Constraint<typeof deliveryInputs>[] = [
  {
    path: "source_kms_key_arn",
    allowed: "null without source_stream_arn, whose key it is",
    decidedBy: ["sourceKmsKeyArn", "sourceStreamArn"],
    violations: ({ sourceKmsKeyArn, sourceStreamArn }) =>
      sourceKmsKeyArn !== null && sourceStreamArn === null ? [sourceKmsKeyArn] : [],
    violationsAtPlan: ({ sourceKmsKeyArn, sourceStreamArn }) =>
      hcl`[for key in [${sourceKmsKeyArn}] : key if key != null && ${sourceStreamArn} == null]`,
  },
];
