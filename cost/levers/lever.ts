import type { Item } from "../model/usage";
import type { Workload } from "../model/workload";
import type { Deployment } from "../plan/deployment";

/** What a lever changes; undefined: it has nothing to change. */
export type Change = (
  deployment: Deployment,
  workload: Workload,
) => { readonly change: string; readonly to: Deployment } | undefined;

/** An input as Terraform names it, with the item that it lowers. */
export type LeverRow = readonly [item: Item, variable: string, change: Change];

/** A deployment whose functions have another variable. */
export const withVariable = (deployment: Deployment, name: string, value: string): Deployment => ({
  ...deployment,
  functions: deployment.functions.map((each) => ({ ...each, variables: { ...each.variables, [name]: value } })),
});
