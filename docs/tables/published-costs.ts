import { REGIONS } from "../../cost/prices/regions";
import { computed, PUBLISHED_FIGURES } from "../../cost/published/figures";
import { markdownTable } from "../../tools/text/markdown-table";

const usEast1 = REGIONS.get("us-east-1")!;
const money = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });

/** Figures that others published, beside what the model of cost computes. */
export const publishedCostsTable = (): string =>
  markdownTable(
    ["Published by", "What", "Published, a month", "Computed", "Difference"],
    PUBLISHED_FIGURES.map(({ source, what, usd, usage, differsBecause }) => {
      const own = computed(usage, usEast1);
      const difference = `${(100 * (own / usd - 1)).toFixed(1)} %`;
      return [
        source,
        what,
        money.format(usd),
        money.format(own),
        `${difference}${differsBecause ? `: ${differsBecause}` : ""}`,
      ];
    }),
  );
