import { createHash } from "node:crypto";
import { type Precondition, TerraformIterator, TerraformLocal } from "cdktf";
import type { Construct } from "constructs";
import { precondition } from "../inputs/constraints";
import { type Expression, hcl } from "../terraform/expression";

/** The variables of an expression about a lane: the name of its log group, and its inputs with `name`. */
export interface LaneVariables {
  readonly key: string;
  readonly value: string;
}

/** The lane in resources with `for_each`. */
export const EACH_LANE: LaneVariables = { key: "each.key", value: "each.value" };

/**
 * The name of a lane's resources: `<name>_<slug>`, at most 24 + 1 + 39 characters, the limit of Lambda (Lambda API Reference,
 * CreateFunction: FunctionName).
 *
 * The slug is the log group's name where Lambda allows it, else a shortened name and a hash. Only the second form has a
 * "_", so the two never collide.
 *
 * @param name of the pipeline
 */
export function laneName(name: string, logGroup: string): string {
  if (/^[A-Za-z0-9-]{1,28}$/.test(logGroup)) return `${name}_${logGroup}`;
  const hash = createHash("sha256").update(logGroup).digest("hex").slice(0, 10);
  return `${name}_${logGroup.replaceAll(/[^A-Za-z0-9-]+/g, "-").slice(0, 28)}_${hash}`;
}

/** The same of the log group `key`, as Terraform finds it. */
export const laneNameAtPlan = (name: Expression): Expression =>
  hcl`join("_", concat([${name}], can(regex("^[A-Za-z0-9-]{1,28}$", key))
    ? [key]
    : [substr(replace(key, "/[^A-Za-z0-9-]+/", "-"), 0, 28), substr(sha256(key), 0, 10)]))`;

/** The log groups as a map, each with the name of its resources, and with a decision about `skip_destroy`. */
export class Lanes {
  private readonly local: TerraformLocal;

  constructor(scope: Construct, name: Expression, logGroups: Expression) {
    const isKept = hcl`group.skip_destroy == null ? group.create : group.skip_destroy`;
    const lane = hcl`merge(group, { name = ${laneNameAtPlan(name)}, skip_destroy = ${isKept} })`;
    this.local = new TerraformLocal(scope, "lanes", hcl`{ for key, group in ${logGroups} : key => ${lane} }`);
  }

  /** Violated by two equal hashes. */
  get haveDifferentNames(): Precondition {
    const keysByName = hcl`{ for key, lane in ${this.local.expression} : lane.name => key... }`;
    return precondition(
      "log_groups",
      "log groups whose names do not collide when shortened; rename one",
      hcl`flatten([for keys in ${keysByName} : keys if length(keys) > 1])`,
    );
  }

  /** The log groups with the names of their resources. */
  get byKey(): Expression {
    return hcl`${this.local.expression}`;
  }

  /** Whether a log group stays that may have been encrypted with the pipeline's key. */
  get someAreKept(): Expression {
    return hcl`anytrue([for lane in values(${this.local.expression}) : lane.skip_destroy])`;
  }

  get forEach(): TerraformIterator {
    return TerraformIterator.fromMap(this.local.expression);
  }

  /** Only the lanes whose log group is created. */
  get forEachCreated(): TerraformIterator {
    const created = hcl`{ for key, lane in ${this.local.expression} : key => lane if lane.create }`;
    return TerraformIterator.fromMap(created.map);
  }
}
