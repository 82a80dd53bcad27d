import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";

/** A role and its policy, which a resource that uses the role depends on, too. */
export interface RoleWithPolicy {
  readonly role: IamRole;
  readonly policy: IamRolePolicy;
}
