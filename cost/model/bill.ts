import type { Deployment } from "../plan/deployment";
import type { Price, PriceList } from "../prices/price-list";
import type { PriceName } from "../prices/price-names";
import { accessLogUsage } from "./access-logs";
import { archiveUsage, firehoseUsage } from "./archive";
import { functionUsage } from "./functions";
import { logUsage } from "./logs";
import { resourceUsage } from "./resources";
import { scheduledUsage } from "./scheduled";
import { streamUsage } from "./streams";
import { trafficOf } from "./traffic";
import { transferUsage } from "./transfer";
import { type Usage, used } from "./usage";
import type { Workload } from "./workload";

/** A use with its price. */
export interface BillLine extends Usage {
  readonly unitPrice: Price;
  /** In US dollars. */
  readonly usd: number;
}

/** A month of a deployment's use. */
export function usageOf(deployment: Deployment, workload: Workload): Usage[] {
  const traffic = trafficOf(deployment, workload);
  return used([
    ...logUsage(deployment, traffic, workload),
    ...streamUsage(deployment, traffic, workload),
    ...functionUsage(deployment, traffic, workload),
    ...archiveUsage(deployment, traffic, workload),
    ...scheduledUsage(deployment, traffic, workload),
    ...firehoseUsage(deployment, workload),
    ...accessLogUsage(deployment, workload),
    ...resourceUsage(deployment, workload),
    ...transferUsage(deployment, traffic),
  ]);
}

/** The prices that a list does not have. */
export const missingPrices = (usages: readonly Usage[], { prices }: PriceList): PriceName[] => [
  ...new Set(usages.map(({ price }) => price).filter((price) => !prices.has(price))),
];

/** @throws Error for a price that the list does not have: see {@link missingPrices} */
export function billOf(usages: readonly Usage[], { prices, region }: PriceList): BillLine[] {
  return usages.map((usage) => {
    const unitPrice = prices.get(usage.price);
    if (unitPrice === undefined) throw new Error(`${region} has no price ${usage.price}.`);
    return { ...usage, unitPrice, usd: usage.quantity * unitPrice.usd };
  });
}

/** In US dollars. */
export const totalOf = (lines: readonly Pick<BillLine, "usd">[]): number =>
  lines.reduce((sum, { usd }) => sum + usd, 0);
