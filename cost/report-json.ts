import { unitOf } from "./prices/price-names";
import type { CostReport } from "./report";

/** Formats a report as one JSON object. */
export function costJson({ args, lines, usd, levers, capacity, elsewhere, notIncluded }: CostReport): string {
  const { prices, deployment, workload } = args;
  return JSON.stringify({
    ...{ total_usd: usd, prices_of: prices.region, region: deployment.region ?? null },
    lines: lines.map(({ item, what, price, quantity, unitPrice, usd: each }) => ({
      ...{
        item,
        what,
        usd: each,
        quantity,
        unit: unitOf(price),
        price,
        unit_usd: unitPrice.usd,
        source: unitPrice.source,
        seen: unitPrice.seen,
      },
    })),
    levers: levers.map(({ item, variable, change, savesUsd }) => ({ item, variable, change, saves_usd: savesUsd })),
    capacity,
    elsewhere: elsewhere.map(({ name, usd: each, source, without }) => ({ name, usd: each ?? null, source, without })),
    not_included: notIncluded.map(([what, reason]) => ({ what, reason })),
    workload,
  });
}
