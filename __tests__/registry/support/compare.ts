import type { ModulePlan } from "../../support/terraform";

/** Attributes that hold a policy as JSON. */
const POLICIES = ["policy", "policy_document", "assume_role_policy", "access_policies", "access_policy"];

/** The resources that a plan creates, by address, with policies parsed: equal policies can differ as texts. */
export const createdBy = ({ resource_changes }: ModulePlan): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    resource_changes
      .filter(({ change }) => change.actions.join() !== "read")
      .map(({ address, change: { actions, after, after_unknown } }) => [
        address,
        { actions, after: withParsedPolicies(after), after_unknown },
      ]),
  );

/** The outputs, with policies parsed. */
export const outputsOf = ({ planned_values }: ModulePlan): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(planned_values.outputs).map(([name, output]) => [
      name,
      name.endsWith("_policy") && typeof output.value === "string" ? canonical(JSON.parse(output.value)) : output,
    ]),
  );

/** Addresses of resources whose policy is known only after apply, and so was not compared. */
export const unknownPolicies = ({ resource_changes }: ModulePlan): string[] =>
  resource_changes
    .filter(({ change }) => POLICIES.some((name) => (change.after_unknown as Record<string, unknown>)[name] === true))
    .map(({ address }) => address);

const withParsedPolicies = (after: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(after).map(([name, value]) => [
      name,
      POLICIES.includes(name) && typeof value === "string" ? canonical(JSON.parse(value)) : value,
    ]),
  );

/** IAM takes one element for a list, in any order (IAM User Guide, IAM JSON policy elements reference). */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    const elements = value.map(canonical);
    return elements.length === 1
      ? elements[0]
      : elements.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, each]) => [name, canonical(each)]),
      )
    : value;
}
