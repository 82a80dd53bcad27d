import type { ModulePlan } from "../../support/terraform";

/** How many resources of each type a plan creates; it does nothing else. */
export function countByType({ resource_changes }: Pick<ModulePlan, "resource_changes">): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type, change } of resource_changes) {
    expect(change.actions).toEqual(["create"]);
    counts[type] = (counts[type] ?? 0) + 1;
  }
  return counts;
}
