import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import type { Precondition } from "cdktf";
import type { Construct } from "constructs";

/**
 * Refuses inputs that contradict each other. The conditions are those of a data source, which asks nobody: of the resources, none is
 * always created.
 *
 * @returns what the first resource depends on, so that nothing is created before a condition of which a plan does not know everything
 */
export const refuseUnless = (scope: Construct, precondition: Precondition[]): DataAwsPartition =>
  new DataAwsPartition(scope, "conditions", { lifecycle: { precondition } });
