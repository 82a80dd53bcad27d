import { PRICE_NAMES, type PriceName } from "../../cost/prices/price-names";
import { COMPLETE_REGION, REGIONS } from "../../cost/prices/regions";
import { code, markdownTable } from "../../tools/text/markdown-table";

const complete = REGIONS.get(COMPLETE_REGION)!;
const names = Object.keys(PRICE_NAMES) as (keyof typeof PRICE_NAMES)[];

/** The prices of a price file. */
export const priceNamesTable = (): string =>
  markdownTable(
    ["Name", "US dollars for", COMPLETE_REGION],
    names.map((name) => [code(name), PRICE_NAMES[name][1], String(complete.prices.get(name)!.usd)]),
  );

/** What the price lists that come with the command have, and lack: those that are alike in one row. */
export function priceRegionsTable(): string {
  const rows = new Map<string, string[]>();
  for (const [region, { prices }] of REGIONS) {
    const has = (name: PriceName) => prices.has(name);
    const days = [...prices.values()].map(({ seen }) => seen).sort();
    const nodes = [...prices.keys()].filter((name) => name.startsWith("search_hour/")).length;
    const missing = names.filter((name) => !has(name) && (nodes > 0 || !name.startsWith("search_"))).map(code);
    const cells = [
      String(names.filter(has).length),
      String(nodes),
      `${days[0]} to ${days.at(-1)}`,
      [...(nodes === 0 ? ["domains"] : []), ...missing].join(", "),
    ];
    const key = cells.join("\n");
    rows.set(key, [...(rows.get(key) ?? []), code(region)]);
  }
  return markdownTable(
    ["Region", "Prices", "Types of nodes", "Seen", "Without"],
    [...rows].map(([key, regions]) => [regions.join(", "), ...key.split("\n")]),
  );
}
