import { type ModulePlan, planned, type StoredResource } from "../../support/terraform";

/**
 * Resources as stored after an apply, so that a plan does not change them: the planned attributes, and those that AWS
 * decides. Terraform reads a data source at plan only when nothing changes about what it refers to.
 */
export const settled = (plan: ModulePlan, resources: readonly StoredResource[]): StoredResource[] =>
  resources.map(({ type, name, attributes, ...rest }) => ({
    type,
    name,
    attributes: { ...planned(plan, addressIn(plan, type, name)), ...attributes },
    ...rest,
  }));

/** With `[0]` for a resource that an option turns on. */
function addressIn({ resource_changes }: ModulePlan, type: string, name: string): string {
  const found = resource_changes.find((change) => change.type === type && change.name === name);
  return found?.address ?? `${type}.${name}`;
}
