import { TerraformCount } from "cdktf";
import { type Expression, hcl } from "./expression";

/** The `count` of what there is once if a condition holds. Whether it does must be known when Terraform plans. */
export const countIf = (condition: Expression): TerraformCount => TerraformCount.of(hcl`${condition} ? 1 : 0`.number);
