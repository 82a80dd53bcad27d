import { inputsByAddress, type PlannedInputs } from "./module-inputs";

/** A resource of a plan or a state, as `terraform show -json` prints it. */
export interface Resource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  /** Of an instance with `for_each` or `count`. */
  readonly index?: string | number;
  /** Of a data source. */
  readonly isData: boolean;
  /** Without those that are known only after the apply. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Of the module that it is in; undefined: the file does not have them. */
  readonly inputs?: PlannedInputs;
}

/** What a plan or a state will have made. */
export interface PlannedResources {
  readonly managed: readonly Resource[];
  readonly data: readonly Resource[];
}

/** Deeper than any module nests; a file that is deeper is none of Terraform's. */
const MAX_DEPTH = 50;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const HOW = "Allowed: what `terraform show -json <plan file>` prints, or `terraform show -json` of a state.";

/**
 * Reads what `terraform show -json` or OpenTofu's prints, of a plan or of a state; modules are followed.
 *
 * @param json its text
 * @param errors to which its mistakes are added, each without the file's name
 * @returns undefined after an error
 */
export function readResources(json: string, errors: string[]): PlannedResources | undefined {
  let plan: unknown;
  try {
    plan = JSON.parse(json.replace(/^\uFEFF/, ""));
  } catch {
    errors.push(`it is no JSON${json.startsWith("PK") ? ", but a plan file itself" : ""}. ${HOW}`);
    return undefined;
  }
  if (!isObject(plan) || typeof plan.format_version !== "string") {
    errors.push(`it is JSON, but no plan: format_version is missing. ${HOW}`);
    return undefined;
  }
  if (plan.errored === true) {
    errors.push("it is a plan that failed. Mend what Terraform reports, and plan again.");
    return undefined;
  }
  const values = isObject(plan.planned_values) ? plan.planned_values : plan.values;
  if (!isObject(values) || !isObject(values.root_module)) {
    errors.push(`it has no planned_values, and no values of a state. ${HOW}`);
    return undefined;
  }
  const resources: Resource[] = [];
  const prior = isObject(plan.prior_state) && isObject(plan.prior_state.values) ? plan.prior_state.values : {};
  const before = errors.length;
  collect(values.root_module, resources, errors);
  const stored: Resource[] = [];
  collect(prior.root_module, stored, errors);
  if (errors.length > before) return undefined;
  const inputsOf = inputsByAddress(plan);
  return {
    managed: resources.filter(({ isData }) => !isData).map((each) => withInputs(each, inputsOf(each.address))),
    data: [...resources, ...stored].filter(({ isData }) => isData),
  };
}

function collect(module: unknown, into: Resource[], errors: string[], depth = 0): void {
  if (!isObject(module)) return;
  if (depth > MAX_DEPTH) {
    errors.push(`modules nest deeper than ${MAX_DEPTH}. ${HOW}`);
    return;
  }
  for (const each of arrayOf(module.resources)) {
    if (!isObject(each) || typeof each.address !== "string" || typeof each.type !== "string") {
      errors.push(`a resource has no address or no type. ${HOW}`);
      return;
    }
    const { address, type, name, index, mode } = each;
    into.push({
      ...{ address, type, name: String(name ?? ""), isData: mode === "data" },
      values: isObject(each.values) ? each.values : {},
      ...((typeof index === "string" || typeof index === "number") && { index }),
    });
  }
  for (const child of arrayOf(module.child_modules)) collect(child, into, errors, depth + 1);
}

const withInputs = (resource: Resource, inputs: PlannedInputs | undefined): Resource =>
  inputs === undefined ? resource : { ...resource, inputs };

const arrayOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
