import { propertyAccess, ref, TerraformLocal, type TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { type Expression, hcl } from "./expression";

/** An attribute of every instance of a resource with `for_each`, by key. */
export const attributeByKey = (resource: TerraformResource, attribute: string): Expression =>
  hcl`{ for key, instance in ${resource.fqn} : key => ${propertyAccess(ref("instance"), [attribute])} }`;

/**
 * The ARNs of a resource's instances, for resources with the same keys. They are in a local because Terraform decodes all
 * instances for each `aws_kinesis_stream.this[each.key].arn`: a plan of 400 log groups took twice as long.
 */
export class Arns {
  readonly byKey: Expression;

  constructor(scope: Construct, id: string, resource: TerraformResource) {
    const local = new TerraformLocal(scope, id, attributeByKey(resource, "arn"));
    this.byKey = hcl`${local.expression}`;
  }

  /** The ARN for the current `each.key`. */
  get each(): string {
    return hcl`${this.byKey}[each.key]`.string;
  }
}
