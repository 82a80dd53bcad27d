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

/** What the price lists that come with the command lack. */
export const priceRegionsTable = (): string =>
  markdownTable(
    ["Region", "Prices, nodes apart", "Seen", "Without"],
    [...REGIONS].map(([region, { prices }]) => {
      const has = (name: PriceName) => prices.has(name);
      const days = [...prices.values()].map(({ seen }) => seen).sort();
      const missing = names.filter((name) => !has(name) && !name.startsWith("search_")).map(code);
      const isWithoutDomain = !has("search_gp3_gb_month");
      return [
        code(region),
        String(names.filter(has).length),
        days[0] === days.at(-1) ? days[0] : `${days[0]} to ${days.at(-1)}`,
        [...(isWithoutDomain ? ["domains"] : []), ...missing].join(", "),
      ];
    }),
  );
