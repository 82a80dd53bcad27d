import { billOf, totalOf, usageOf } from "../model/bill";
import type { Item } from "../model/usage";
import type { Workload } from "../model/workload";
import type { Deployment } from "../plan/deployment";
import type { PriceList } from "../prices/price-list";
import { ARCHIVE_LEVERS } from "./archive-levers";
import { DOMAIN_LEVERS } from "./domain-levers";
import type { LeverRow } from "./lever";
import { OTHER_LEVERS } from "./other-levers";
import { STREAM_LEVERS } from "./stream-levers";

/** An input of the module that lowers an item, and by how much. */
export interface Lever {
  readonly item: Item;
  /** As Terraform names it. */
  readonly variable: string;
  readonly change: string;
  /** US dollars a month, of all items together. */
  readonly savesUsd: number;
}

const LEVERS: readonly LeverRow[] = [...STREAM_LEVERS, ...ARCHIVE_LEVERS, ...DOMAIN_LEVERS, ...OTHER_LEVERS];

/** Less is not worth a change. */
const MIN_SAVING_USD = 0.5;

/** Returns the inputs that lower the cost, those that save most first. */
export function leversOf(deployment: Deployment, workload: Workload, prices: PriceList): Lever[] {
  const costOf = (each: Deployment) => {
    const usages = usageOf(each, workload);
    return usages.every(({ price }) => prices.prices.has(price))
      ? totalOf(billOf(usages, prices))
      : Number.POSITIVE_INFINITY;
  };
  const now = costOf(deployment);
  return LEVERS.flatMap(([item, variable, changeOf]): Lever[] => {
    const changed = changeOf(deployment, workload);
    if (changed === undefined) return [];
    const savesUsd = now - costOf(changed.to);
    return savesUsd >= MIN_SAVING_USD ? [{ item, variable, change: changed.change, savesUsd }] : [];
  }).sort((a, b) => b.savesUsd - a.savesUsd);
}
