import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type ITerraformDependable, TerraformLocal } from "cdktf";
import type { Construct } from "constructs";
import { countIf } from "../terraform/count";
import { type Expression, hcl } from "../terraform/expression";
import type { PolicyDocument } from "./policy";

/** A role and its policy, which a resource that uses the role depends on, too. */
export interface RoleWithPolicy {
  readonly arn: string;
  readonly name: Expression;
  readonly policy: ITerraformDependable;
}

export interface ServiceRoleProps {
  /** Id of the role's construct; the policy's has `_policy` behind it, and the ARN's `_arn`. */
  readonly id: string;
  /** Whether it is created. */
  readonly isCreated: Expression;
  /** The one that exists otherwise. */
  readonly existingArn: Expression;
  readonly name: string;
  readonly path: string;
  readonly description: string;
  readonly assumedBy: PolicyDocument;
  readonly permissionsBoundary: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly policyName: string;
  readonly policy: PolicyDocument;
}

/** Creates a role that a service of AWS assumes, with its policy, or takes the one that exists as it is. */
export function createServiceRole(scope: Construct, props: ServiceRoleProps): RoleWithPolicy {
  const { id, isCreated } = props;
  // Whether there is a role must not depend on an ARN, which a plan may not know.
  const count = () => countIf(isCreated);
  const role = new IamRole(scope, id, {
    count: count(),
    name: props.name,
    path: props.path,
    description: props.description,
    assumeRolePolicy: props.assumedBy.string,
    permissionsBoundary: props.permissionsBoundary,
    tags: props.tags,
  });
  const policy = new IamRolePolicy(scope, `${id}_policy`, {
    count: count(),
    name: props.policyName,
    role: hcl`one(${role.fqn}[*].name)`.string,
    policy: props.policy.string,
  });
  const arn = hcl`${isCreated} ? one(${role.fqn}[*].arn) : ${props.existingArn}`;
  // A missing ARN is a mistake that its own rule reports.
  const name = hcl`${isCreated} ? one(${role.fqn}[*].name) : try(reverse(split("/", ${props.existingArn}))[0], null)`;
  return { arn: new TerraformLocal(scope, `${id}_arn`, arn).asString, name, policy };
}
