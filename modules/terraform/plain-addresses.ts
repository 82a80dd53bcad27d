import { TerraformElement, type TerraformResource, TerraformStack } from "cdktf";
import type { Node } from "constructs";

/**
 * A stack with addresses as written by hand, without hashes: the end of a name that repeats the resource's type is cut,
 * and an empty name becomes "this". `logs_to_kinesis_role` → `aws_iam_role.logs_to_kinesis`.
 *
 * cdktf's CLI prints outputs by their Terraform names, too, instead of the paths of their constructs.
 */
export class PlainAddressStack extends TerraformStack {
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const path = node.scopes
      .slice(node.scopes.indexOf(this) + 1)
      .map((construct) => construct.node.id)
      .filter((id) => id !== "Default")
      .join("_");
    return hasType(element) ? withoutType(path, element.terraformResourceType) : path;
  }

  // The CLI looks up every path of this record in `terraform output -json`, which omits null outputs, and fails on the
  // first that is missing. Without the record it prints the outputs that Terraform has.
  override toTerraform(): ReturnType<TerraformStack["toTerraform"]> {
    const stack = super.toTerraform();
    delete stack["//"].outputs;
    return stack;
  }
}

function hasType(element: TerraformElement | Node): element is TerraformResource {
  return "terraformResourceType" in element;
}

function withoutType(path: string, type: string): string {
  const words = type.split("_");
  const tails = words.map((_, index) => words.slice(index).join("_"));
  const repeated = tails.find((tail) => path === tail || path.endsWith(`_${tail}`));
  return repeated === undefined ? path : path.slice(0, -repeated.length).replace(/_$/, "") || "this";
}
