import euWest1 from "./eu-west-1.json";
import { type PriceList, parsePriceList } from "./price-list";
import usEast1 from "./us-east-1.json";

/** The price lists that come with the command, by region. eu-west-1 has no sourced price of Kinesis and OpenSearch Service. */
export const REGIONS: ReadonlyMap<string, PriceList> = new Map(
  [usEast1, euWest1].map((json) => {
    const errors: string[] = [];
    const list = parsePriceList(json, errors);
    if (list === undefined) throw new Error(`${json.region}.json: ${errors.join(" ")}`);
    return [list.region, list];
  }),
);
