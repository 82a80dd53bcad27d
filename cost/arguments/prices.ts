import type { ValidationErrors } from "../../tools/usage/validation-errors";
import type { Deployment } from "../plan/deployment";
import { overridden, type PriceList } from "../prices/price-list";
import { REGIONS } from "../prices/regions";
import { readPrices } from "./files";
import type { CostOptions } from "./options";

/**
 * The prices by `--region` and `--prices`, or of the plan's region. A region without any has an empty list: the report then names
 * what is missing.
 *
 * @returns undefined after an error
 */
export function pricesOf(
  options: CostOptions,
  deployment: Deployment | undefined,
  errors: ValidationErrors,
): PriceList | undefined {
  const own = options.prices === undefined ? undefined : readPrices(options.prices, errors);
  if (options.prices !== undefined && own === undefined) return undefined;
  const region = options.region ?? own?.region ?? deployment?.region;
  if (region === undefined) {
    if (deployment) errors.add("The plan does not say its region. Give it by --region.");
    return undefined;
  }
  if (own !== undefined && own.region !== region) {
    errors.add(
      `--prices has prices of ${own.region}, not of ${region}. Give a file of ${region}, or --region ${own.region}.`,
    );
    return undefined;
  }
  const list = REGIONS.get(region) ?? { region, prices: new Map() };
  return own ? overridden(list, own) : list;
}
