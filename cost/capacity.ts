import { invocationOf } from "../tools/installation";
import { forwardersOf, neededShards, trafficOf } from "./model/traffic";
import { DAYS, GIB } from "./model/units";
import type { Workload } from "./model/workload";
import type { Deployment } from "./plan/deployment";

/** What indices take of volumes, with what stays free: 20 % and 25 % more than is written (docs/sizing.md, the formula). */
const VOLUME_FACTOR = 1.2 * 1.25;
/** A domain that is full sooner is worth a question. */
const SHORT_DAYS = 7;

const rounded = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 2 });

/**
 * Returns what the plan may be too small for, with the command that says how large it has to be: costs are those of what the plan has.
 */
export function capacityOf(deployment: Deployment, workload: Workload): string[] {
  const traffic = trafficOf(deployment, workload);
  if (traffic.gb === 0 || forwardersOf(deployment).length === 0) return [];
  const gbPerDay = traffic.gb / DAYS;
  const found = [shardsText(deployment, workload), ...domainTexts(deployment, gbPerDay)].filter((text) => text !== "");
  if (found.length === 0) return [];
  return [
    ...found,
    `${invocationOf("sizing")} --gb-per-day ${Number(gbPerDay.toPrecision(3))} --days 30 says what it takes.`,
  ];
}

function shardsText(deployment: Deployment, workload: Workload): string {
  const { streams } = deployment;
  if (streams.length === 0 || streams.some(({ shards }) => shards === 0)) return "";
  const shards = streams.reduce((sum, each) => sum + each.shards, 0);
  const needed = neededShards(deployment, workload);
  return needed > shards ? `The busiest hour needs ${needed} shards, and the plan has ${shards}.` : "";
}

function domainTexts({ domains, functions }: Deployment, gbPerDay: number): string[] {
  if (domains.length === 0) {
    const endpoint = functions.find(({ kind }) => kind === "forwarder")?.variables.SEARCH_ENDPOINT;
    return [`The plan has no domain${endpoint ? `: ${endpoint} and what it costs are elsewhere` : ""}.`];
  }
  return domains.flatMap(({ address, volumeGb, nodes }) => {
    const copies = (nodes.find(({ what }) => what === "data nodes")?.count ?? 1) > 1 ? 2 : 1;
    const days = (volumeGb * GIB) / (gbPerDay * GIB * copies * VOLUME_FACTOR);
    return volumeGb > 0 && days < SHORT_DAYS
      ? [
          `${address} has ${rounded.format(volumeGb)} GB of volumes, which hold ${rounded.format(days)} days of these logs.`,
        ]
      : [];
  });
}
