import { overridden, parsePriceList } from "../../cost/prices/price-list";
import { isPriceName, meaningOf, PRICE_NAMES, type PriceName, unitOf } from "../../cost/prices/price-names";
import { REGIONS } from "../../cost/prices/regions";

const errorsOf = (json: unknown): string[] => {
  const errors: string[] = [];
  expect(parsePriceList(json, errors)).toBeUndefined();
  return errors;
};

const section = { source: "Amazon S3 pricing", seen: "2026-11-28", prices: { s3_put_thousand: 0.0054 } };

describe("the price lists", () => {
  it("have a source and a day for each price", () => {
    for (const [region, { prices }] of REGIONS) {
      for (const [name, { source, seen }] of prices) {
        expect([region, name, source]).toEqual([region, name, expect.stringMatching(/pricing/)]);
        expect(seen).toMatch(/^20\d\d-\d\d-\d\d$/);
      }
    }
  });

  it("have all prices of us-east-1, and of the other regions those of streams, functions, logs, S3 and keys", () => {
    const names = Object.keys(PRICE_NAMES) as PriceName[];
    const missingOf = (region: string) => names.filter((name) => !REGIONS.get(region)!.prices.has(name));
    expect(missingOf("us-east-1")).toEqual([]);
    expect(REGIONS.size).toBe(16);
    for (const region of REGIONS.keys())
      expect([
        region,
        missingOf(region).filter((name) => !/^(search|transfer|sqs|secret|firehose|ingestion)_/.test(name)),
      ]).toEqual([region, []]);
  });

  it("are of the region's own, and dearer in Frankfurt than in Virginia", () => {
    for (const [region, list] of REGIONS) expect(list.region).toBe(region);
    const usdOf = (region: string) => REGIONS.get(region)!.prices.get("logs_ingested_gb")!.usd;
    expect([usdOf("us-east-1"), usdOf("eu-west-1"), usdOf("eu-central-1")]).toEqual([0.5, 0.57, 0.63]);
  });

  it("name what each price is of", () => {
    expect(meaningOf("search_hour/r6g.large.search")).toBe("a node of the instance type r6g.large.search, for an hour");
    expect([unitOf("search_hour/r6g.large.search"), unitOf("put_unit_million")]).toEqual([
      "node-hours",
      "million units",
    ]);
    expect(["search_hour/", "search_hour/r6g", "toString", "shard_hours"].filter(isPriceName)).toEqual([]);
  });
});

describe("a price file", () => {
  it("takes the place of the prices that it has", () => {
    const errors: string[] = [];
    const list = parsePriceList({ region: "us-east-1", sections: [section] }, errors)!;
    expect(errors).toEqual([]);
    const { prices } = overridden(REGIONS.get("us-east-1")!, list);
    expect([prices.get("s3_put_thousand")!.usd, prices.get("shard_hour")!.usd]).toEqual([0.0054, 0.015]);
  });

  it.each([[null], [[]], ["prices"], [{ region: "eu-central-1" }]])("has sections: %j", (json) => {
    expect(errorsOf(json)).toEqual([expect.stringMatching(/^it is no price file\. Allowed: /)]);
  });

  it("is rejected with all its mistakes", () => {
    const prices = {
      s3_put: 1,
      shard_hour: -1,
      stream_hour: "0.04",
      kms_key_month: 1_001,
      put_unit_million: Number.NaN,
    };
    const json = {
      region: "Frankfurt",
      sections: [section, section, { source: " ", seen: "28.11.2026", prices }, { prices: [] }],
    };
    expect(errorsOf(json)).toEqual([
      'region is "Frankfurt". Allowed: a region\'s name, e.g. eu-central-1.',
      "sections[1].prices has s3_put_thousand, as a section before has. Allowed: once.",
      'sections[2].source is " ". Allowed: the page or document that has the prices, by name.',
      'sections[2].seen is "28.11.2026". Allowed: the day on which you saw the prices, as YYYY-MM-DD.',
      'sections[2].prices has "s3_put". Allowed: the names in docs/cost.md.',
      ...[
        ["shard_hour", "-1"],
        ["stream_hour", '"0.04"'],
        ["kms_key_month", "1001"],
        ["put_unit_million", "null"],
      ].map(([name, given]) => `sections[2].prices.${name} is ${given}. Allowed: US dollars, from 0 to 1000.`),
      "sections[3] has no prices. Allowed: an object with source, seen and prices.",
    ]);
  });
});
