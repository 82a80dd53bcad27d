import { markdownTable } from "../tools/text/markdown-table";
import { unitOf } from "./prices/price-names";
import type { CostReport } from "./report";
import { assumptionsText } from "./report-assumptions";

const money = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });
const amount = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 4 });
const unit = new Intl.NumberFormat("en-US", {
  ...{ style: "currency", currency: "USD", minimumFractionDigits: 2, maximumFractionDigits: 10 },
});

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  markdownTable(head, rows, { isPadded: true });

/** Lines below it are one together. */
const SMALL_USD = 0.01;

/** Formats a report for a person. */
export function costText(report: CostReport): string {
  const { args, lines, usd, levers, capacity, elsewhere, notIncluded } = report;
  const { region } = args.prices;
  const other =
    args.deployment.region !== undefined && args.deployment.region !== region ? `, not ${args.deployment.region}` : "";
  const large = lines.filter((line) => line.usd >= SMALL_USD);
  const rest = lines.length - large.length;
  const sections = [
    `${money.format(usd)} a month at the list prices of ${region}${other}${anywayText(report)}`,
    table(
      ["Where the money goes", "A month", "Unit", "Price", "USD a month", "%"],
      large.map(({ item, what, quantity, unitPrice, usd: each, price }) => [
        `${item}: ${what}`,
        amount.format(quantity),
        unitOf(price),
        unit.format(unitPrice.usd),
        money.format(each),
        usd === 0 ? "0" : ((100 * each) / usd).toFixed(1),
      ]),
    ) + (rest > 0 ? `\n${rest} more of less than a cent each` : ""),
  ];
  if (levers.length > 0) {
    sections.push(
      table(
        ["What lowers it: input", "Saves a month"],
        levers.map(({ variable, change, savesUsd }) => [`${variable} = ${change}`, money.format(savesUsd)]),
      ),
    );
  }
  if (capacity.length > 0) sections.push(`Is it large enough?\n${capacity.map((text) => `- ${text}`).join("\n")}`);
  if (elsewhere.length > 0) {
    sections.push(
      `${table(
        ["The same log groups by", "USD a month", "Beside this plan"],
        elsewhere.map(({ name, usd: each }) => [
          name,
          each === undefined ? "no price" : money.format(each),
          each === undefined || usd === 0 ? "" : `${(each / usd).toFixed(2)} ×`,
        ]),
      )}\n${elsewhere.map(({ name, source, without }) => `- ${name}: ${source}. Without ${without}.`).join("\n")}`,
    );
  }
  sections.push(`Not included:\n${notIncluded.map(([what, reason]) => `- ${what}: ${reason}`).join("\n")}`);
  sections.push(assumptionsText(report), sourcesText(report));
  return sections.join("\n\n");
}

/** What CloudWatch Logs charges for is there without the pipeline, too. */
function anywayText({ lines }: CostReport): string {
  const ingestion = lines.find(({ item, what }) => item === "CloudWatch Logs" && what === "ingestion");
  return ingestion
    ? `\n${money.format(ingestion.usd)} of it is the ingestion of CloudWatch Logs, with or without the pipeline`
    : "";
}

function sourcesText({ lines }: CostReport): string {
  // The page alone: --json has what it was read in, too.
  const sources = lines.map(({ unitPrice: { source, seen } }) => `- ${source.split(/[:;]/)[0]} (seen on ${seen})`);
  return `Prices:\n${[...new Set(sources)].join("\n")}`;
}
