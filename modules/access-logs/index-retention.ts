import { OWN_DOMAIN_RETENTION_DAYS } from "../../core/settings/environment";
import { type Expression, hcl } from "../terraform/expression";
import type { AccessLogsContext } from "./context";

type Inputs = Pick<AccessLogsContext["inputs"], "indexRetentionDays" | "searchDomainArn" | "name">;

/**
 * Days after which an index is deleted; 0: never. Without a value, what the pipeline of the same name has by default: two functions
 * that disagree would change the lifecycle policy in turns.
 */
export function accessLogsRetentionDays({ indexRetentionDays, searchDomainArn, name }: Inputs): Expression {
  const isOfPipeline = hcl`try(endswith(${searchDomainArn}, ${`:domain/${name}`}), false)`;
  return hcl`${indexRetentionDays} != null ? ${indexRetentionDays} : ${isOfPipeline} ? ${OWN_DOMAIN_RETENTION_DAYS} : 0`;
}
