import { planned, type StackPlan, type StoredResource } from "../../support/terraform";

/**
 * Resources as stored after an apply, so that a plan does not change them: the planned attributes, and those that AWS
 * decides. Terraform reads a data source at plan only when nothing changes about what it refers to.
 */
export const settled = (plan: StackPlan, resources: readonly StoredResource[]): StoredResource[] =>
  resources.map(({ type, name, attributes }) => ({
    type,
    name,
    attributes: { ...planned(plan, `${type}.${name}`), ...attributes },
  }));
