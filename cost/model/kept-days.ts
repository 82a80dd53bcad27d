import { OWN_DOMAIN_RETENTION_DAYS } from "../../core/settings/environment";
import type { Deployment } from "../plan/deployment";
import type { Workload } from "./workload";

/** Days for which indices are kept; the module's default where the plan does not tell, and `--kept-days` where it is for ever. */
export function keptDaysOf({ indices }: Pick<Deployment, "indices">, { keptDays }: Workload): number {
  if (indices.days === undefined) return OWN_DOMAIN_RETENTION_DAYS;
  return indices.days === 0 ? keptDays : indices.days;
}
