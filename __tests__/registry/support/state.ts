import { planned, type StackPlan, type StoredResource } from "../../support/terraform";

/**
 * Resources as they are stored when a plan has nothing to change about them: what the plan makes of them, and the
 * attributes that AWS decides. Terraform reads a data source at plan only when nothing changes about what it refers to.
 */
export const settled = (plan: StackPlan, resources: readonly StoredResource[]): StoredResource[] =>
  resources.map(({ type, name, attributes }) => ({
    type,
    name,
    attributes: { ...planned(plan, `${type}.${name}`), ...attributes },
  }));
