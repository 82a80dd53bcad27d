import apNortheast1 from "./ap-northeast-1.json";
import apNortheast2 from "./ap-northeast-2.json";
import apSouth1 from "./ap-south-1.json";
import apSoutheast1 from "./ap-southeast-1.json";
import apSoutheast2 from "./ap-southeast-2.json";
import caCentral1 from "./ca-central-1.json";
import euCentral1 from "./eu-central-1.json";
import euNorth1 from "./eu-north-1.json";
import euWest1 from "./eu-west-1.json";
import euWest2 from "./eu-west-2.json";
import euWest3 from "./eu-west-3.json";
import { type PriceList, parsePriceList } from "./price-list";
import saEast1 from "./sa-east-1.json";
import usEast1 from "./us-east-1.json";
import usEast2 from "./us-east-2.json";
import usWest1 from "./us-west-1.json";
import usWest2 from "./us-west-2.json";

const AMERICA = [usEast1, usEast2, usWest1, usWest2, caCentral1, saEast1];
const EUROPE = [euCentral1, euNorth1, euWest1, euWest2, euWest3];
const ASIA = [apNortheast1, apNortheast2, apSouth1, apSoutheast1, apSoutheast2];

/** The region whose list has all prices. */
export const COMPLETE_REGION = "us-east-1";

/** The price lists that come with the command, by region. Only that of {@link COMPLETE_REGION} has each price. */
export const REGIONS: ReadonlyMap<string, PriceList> = new Map(
  [...AMERICA, ...EUROPE, ...ASIA].map((json) => {
    const errors: string[] = [];
    const list = parsePriceList(json, errors);
    if (list === undefined) throw new Error(`${json.region}.json: ${errors.join(" ")}`);
    return [list.region, list];
  }),
);
