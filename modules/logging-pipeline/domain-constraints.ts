import type { Constraint } from "../inputs/constraints";
import { hcl } from "../terraform/expression";
import { domainLogsPrefix } from "./domain-log-types";
import type { pipelineInputs } from "./inputs";
import { INSTANCE_TYPES, isOfTypesAtPlan } from "./instance-types";
import { makesDomain } from "./own-domain";

const logGroupOf = (arn: string | null): string | undefined => arn?.split(":")[6];

/** OpenSearch optimized instances take no index that is refreshed more often; what sets nothing is refreshed so often there. */
const OPTIMIZED_REFRESH_SECONDS = 10;

/** The rules between the domain and what is in it. Those between its own attributes are at the input, see ./inputs/node-rules. */
export const domainConstraints: readonly Constraint<typeof pipelineInputs>[] = [
  {
    path: "log_groups",
    allowed:
      "any log group but the domain's own: what it says about a request would be the next request, for ever. Deliver them to another domain, by a pipeline with search_endpoint",
    decidedBy: ["logGroups", "name", "searchDomain", "searchEndpoint", "targetStreamArn"],
    violations: ({ logGroups, name, searchDomain: { auditLogGroupArn }, searchEndpoint, targetStreamArn }) =>
      Object.keys(logGroups).filter(
        (key) =>
          searchEndpoint === null &&
          targetStreamArn === null &&
          (key.startsWith(domainLogsPrefix(name)) || logGroupOf(auditLogGroupArn) === key),
      ),
    violationsAtPlan: ({ logGroups, name, searchDomain: { auditLogGroupArn }, searchEndpoint, targetStreamArn }) =>
      hcl`[for key in keys(${logGroups}) : key if ${makesDomain({ searchEndpoint, targetStreamArn })} && (startswith(key, ${domainLogsPrefix(name.string)}) || key == try(split(":", ${auditLogGroupArn})[6], null))]`,
  },
  {
    path: "index_replicas",
    allowed:
      "null, 2, 5 or another number of replicas with which an index has a multiple of three copies: with search_domain.multi_az_with_standby, AWS takes no other index",
    decidedBy: ["indexReplicas", "searchDomain"],
    violations: ({ indexReplicas, searchDomain: { multiAzWithStandby } }) =>
      multiAzWithStandby && indexReplicas !== null && (indexReplicas + 1) % 3 !== 0 ? [indexReplicas] : [],
    violationsAtPlan: ({ indexReplicas, searchDomain: { multiAzWithStandby } }) =>
      hcl`[for count in [${indexReplicas}] : count if ${multiAzWithStandby} && (coalesce(count, 2) + 1) % 3 != 0]`,
  },
  {
    path: "index_refresh_interval_seconds",
    allowed: `1, which is the domain's own interval, or at least ${OPTIMIZED_REFRESH_SECONDS} with an OpenSearch optimized search_domain.instance_type (OpenSearch Service Developer Guide, OpenSearch optimized instances: Limitations)`,
    decidedBy: ["indexRefreshIntervalSeconds", "searchDomain"],
    violations: ({ indexRefreshIntervalSeconds: seconds, searchDomain: { instanceType } }) =>
      INSTANCE_TYPES.optimized.test(instanceType) && seconds > 1 && seconds < OPTIMIZED_REFRESH_SECONDS
        ? [seconds]
        : [],
    violationsAtPlan: ({ indexRefreshIntervalSeconds, searchDomain: { instanceType } }) =>
      hcl`[for seconds in [${indexRefreshIntervalSeconds}] : seconds if ${isOfTypesAtPlan("optimized", instanceType)} && seconds > 1 && seconds < ${OPTIMIZED_REFRESH_SECONDS}]`,
  },
];
