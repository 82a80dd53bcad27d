import { quoted } from "../../tools/text/one-line";
import { isPriceName, type PriceName } from "./price-names";

/** A price, and where somebody saw it. */
export interface Price {
  readonly usd: number;
  /** Page, document or data set, by name. */
  readonly source: string;
  /** The day on which somebody saw it, as YYYY-MM-DD. */
  readonly seen: string;
}

/** The prices of a region, as far as they have a source. */
export interface PriceList {
  readonly region: string;
  readonly prices: ReadonlyMap<PriceName, Price>;
}

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
/** Above the largest instance for an hour, or anything else for its unit: what is more is a mistake of units. */
const MAX_USD = 1_000;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Reads a price file: `{"region": …, "sections": [{"source": …, "seen": "YYYY-MM-DD", "prices": {<name>: <US dollars>}}]}`.
 *
 * @param json its content, parsed
 * @param errors to which its mistakes are added, each without the file's name
 * @returns undefined after an error
 */
export function parsePriceList(json: unknown, errors: string[]): PriceList | undefined {
  if (!isObject(json) || !Array.isArray(json.sections)) {
    errors.push('it is no price file. Allowed: {"region": …, "sections": [{"source": …, "seen": …, "prices": …}]}.');
    return undefined;
  }
  const before = errors.length;
  if (typeof json.region !== "string" || !REGION.test(json.region)) {
    errors.push(`region is ${shown(json.region)}. Allowed: a region's name, e.g. eu-central-1.`);
  }
  const prices = new Map<PriceName, Price>();
  json.sections.forEach((section: unknown, index) => {
    const where = `sections[${index}]`;
    if (!isObject(section) || !isObject(section.prices)) {
      errors.push(`${where} has no prices. Allowed: an object with source, seen and prices.`);
      return;
    }
    const { source, seen } = section;
    if (typeof source !== "string" || source.trim() === "") {
      errors.push(`${where}.source is ${shown(source)}. Allowed: the page or document that has the prices, by name.`);
    }
    if (typeof seen !== "string" || !DAY.test(seen)) {
      errors.push(`${where}.seen is ${shown(seen)}. Allowed: the day on which you saw the prices, as YYYY-MM-DD.`);
    }
    for (const [name, usd] of Object.entries(section.prices)) {
      if (!isPriceName(name)) {
        errors.push(`${where}.prices has ${quoted(name)}. Allowed: the names in docs/cost.md.`);
      } else if (typeof usd !== "number" || !(usd >= 0 && usd <= MAX_USD)) {
        errors.push(`${where}.prices.${name} is ${shown(usd)}. Allowed: US dollars, from 0 to ${MAX_USD}.`);
      } else if (prices.has(name)) {
        errors.push(`${where}.prices has ${name}, as a section before has. Allowed: once.`);
      } else prices.set(name, { usd, source: String(source), seen: String(seen) });
    }
  });
  return errors.length === before ? { region: String(json.region), prices } : undefined;
}

const shown = (value: unknown): string =>
  value === undefined ? "missing" : (JSON.stringify(value)?.slice(0, 60) ?? "");

/** Returns the first list with the prices of the second in place of its own. */
export const overridden = (list: PriceList, by: PriceList): PriceList => ({
  region: list.region,
  prices: new Map([...list.prices, ...by.prices]),
});
