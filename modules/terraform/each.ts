import { propertyAccess, ref, type TerraformResource } from "cdktf";
import { type Expression, hcl } from "./expression";

/** The attribute of the instance with the same key, from another resource that has for_each too. */
export const each = (resource: TerraformResource, attribute: string): string =>
  hcl`${propertyAccess(resource.fqn, [ref("each.key"), attribute])}`.string;

/** The attribute of all instances, by their keys. */
export const byKey = (resource: TerraformResource, attribute: string): Expression =>
  hcl`{ for key, instance in ${resource.fqn} : key => ${propertyAccess(ref("instance"), [attribute])} }`;
