import { TerraformLocal } from "cdktf";
import { functionLogGroup } from "../aws/function";
import { errorLogName } from "../firehose/error-log";
import { type Expression, hcl } from "../terraform/expression";
import type { Context } from "./context";
import { DOMAIN_LOGS, domainLogsPrefix } from "./domain-log-types";
import type { Lanes } from "./lanes";

/**
 * The names of what has a log group of its own, beside the forwarders; each stack takes them from here, so that none is missing among
 * what no subscription may have.
 *
 * @param name of the pipeline
 */
export const namesOf = (name: string) =>
  ({
    indexCleanup: `${name}-index-cleanup`,
    archiveCompaction: `${name}-archive-compaction`,
    audit: `${name}-audit`,
    accessLogs: `${name}-access-logs`,
    firehoseSearch: `${name}-firehose-search`,
    firehoseTransform: `${name}-firehose-transform`,
  }) as const;

/**
 * The log groups to which the stacks of one name write, but those of forwarders: with these and a subscription of all log groups,
 * what the pipeline says about its deliveries would be delivered for ever.
 *
 * @param name of the stacks
 */
export function logGroupsOfStacks(name: string): string[] {
  const { indexCleanup, archiveCompaction, audit, accessLogs, firehoseSearch, firehoseTransform } = namesOf(name);
  return [
    ...[indexCleanup, archiveCompaction, audit, accessLogs, firehoseTransform].map(functionLogGroup),
    errorLogName(firehoseSearch),
    ...domainLogGroups(name),
  ];
}

/** The log groups of a domain, as the console of AWS and this module name them. @param name of the domain */
export const domainLogGroups = (name: string): string[] =>
  Object.values(DOMAIN_LOGS).map((end) => `${domainLogsPrefix(name)}${end}`);

/** All of them with the forwarders', as a list. */
export function ownLogGroups({ scope, inputs }: Context, lanes: Lanes): Expression {
  const ofForwarders = hcl`[for lane in values(${lanes.byKey}) : join("/", ["/aws/lambda", lane.name])]`;
  const all = hcl`concat(${logGroupsOfStacks(inputs.name.string)}, ${ofForwarders})`;
  return hcl`${new TerraformLocal(scope, "own_log_groups", all).expression}`;
}
