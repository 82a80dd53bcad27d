import { FREE_SPACE_FACTOR, INDEX_FACTOR } from "../sizing/storage";
import { keptDaysOf } from "./model/kept-days";
import { forwardersOf, neededShards, trafficOf } from "./model/traffic";
import { DAYS, GIB } from "./model/units";
import type { Workload } from "./model/workload";
import { copiesIn, type Deployment, type Domain } from "./plan/deployment";
import { sizingCommand } from "./sizing-command";

const rounded = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 2 });
/** Less than the days that are needed never shows as many. */
const cut = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3, roundingMode: "floor" });

/**
 * Returns what the plan may be too small for, with the command that says how large it has to be: costs are those of what the plan has.
 *
 * @param groups log groups that the plan does not tell
 */
export function capacityOf(deployment: Deployment, workload: Workload, groups?: number): string[] {
  const traffic = trafficOf(deployment, workload);
  if (traffic.gb === 0 || forwardersOf(deployment).length === 0) return [];
  const gbPerDay = traffic.gb / DAYS;
  const found = [shardsText(deployment, workload), ...domainTexts(deployment, workload, gbPerDay)].filter(
    (text) => text !== "",
  );
  if (found.length === 0) return [];
  return [...found, `${sizingCommand(deployment, workload, groups)} says what it takes.`];
}

function shardsText(deployment: Deployment, workload: Workload): string {
  const { streams } = deployment;
  if (streams.length === 0 || streams.some(({ shards }) => shards === 0)) return "";
  const shards = streams.reduce((sum, each) => sum + each.shards, 0);
  const needed = neededShards(deployment, workload);
  return needed > shards ? `The busiest minute needs ${needed} shards, and the plan has ${shards}.` : "";
}

function domainTexts(deployment: Deployment, workload: Workload, gbPerDay: number): string[] {
  const { domains, functions } = deployment;
  if (domains.length === 0) {
    const endpoint = functions.find(({ kind }) => kind === "forwarder")?.variables.SEARCH_ENDPOINT;
    return [`The plan has no domain${endpoint ? `: ${endpoint} and what it costs are elsewhere` : ""}.`];
  }
  const needed = keptDaysOf(deployment, workload);
  return domains.flatMap((domain) => {
    const days = daysThatFit(domain, deployment, gbPerDay);
    // The index of the current day comes on top.
    return domain.volumeGb > 0 && days < needed + 1
      ? [
          `${domain.address} has ${rounded.format(domain.volumeGb)} GB of volumes, which hold ${cut.format(days)} days of these logs; ${keptText(deployment, needed)}.`,
        ]
      : [];
  });
}

/** Of the logs with what their indices take and what stays free, in as many copies. */
const daysThatFit = (domain: Domain, deployment: Deployment, gbPerDay: number): number =>
  (domain.volumeGb * GIB) / (gbPerDay * GIB * copiesIn(domain, deployment) * INDEX_FACTOR * FREE_SPACE_FACTOR);

function keptText({ indices }: Deployment, days: number): string {
  if (indices.days === undefined) {
    return `the plan does not tell index_retention_days, and ${days} days and the current one are assumed`;
  }
  return indices.days === 0
    ? `indices are never deleted, and ${days} days and the current one are assumed (--kept-days)`
    : `the plan keeps ${days} days and the current one (index_retention_days, index_cleanup)`;
}
