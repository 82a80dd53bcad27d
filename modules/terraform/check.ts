import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";
import type { Expression } from "./expression";

/** What a check is about. */
export interface Assertion {
  /**
   * Holds when all is well. It refers to a resource, a local or a variable: Terraform rejects one between literals, which
   * the props of a construct may be.
   */
  readonly condition: Expression;
  /** Sentences that say what was found and what to do; may contain expressions. */
  readonly errorMessage: string;
}

/**
 * A `check` block: plan and apply warn when an assertion does not hold, and go on (Terraform language, check block
 * reference; since Terraform 1.5). What must not be applied is a constraint instead, see ../inputs/constraints.
 */
export class Check extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly assertions: readonly Assertion[],
  ) {
    super(scope, id);
  }

  // cdktf has no check blocks, and merges whatever its elements give.
  override toTerraform(): object {
    const assert = this.assertions.map(({ condition, errorMessage }) => ({ condition, error_message: errorMessage }));
    return { check: { [this.friendlyUniqueId]: { assert } } };
  }
}
