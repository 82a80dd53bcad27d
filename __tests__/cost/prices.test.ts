import { overridden, parsePriceList } from "../../cost/prices/price-list";
import { isPriceName, meaningOf, PRICE_NAMES, type PriceName } from "../../cost/prices/price-names";
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

  it("have all prices of us-east-1, and of eu-west-1 none of Kinesis and OpenSearch Service", () => {
    const names = Object.keys(PRICE_NAMES) as PriceName[];
    expect(names.filter((name) => !REGIONS.get("us-east-1")!.prices.has(name))).toEqual([]);
    const { prices } = REGIONS.get("eu-west-1")!;
    expect([...prices.keys()].filter((name) => /^(shard|stream|search)/.test(name))).toEqual([]);
    expect(prices.get("logs_ingested_gb")!.usd).toBe(0.57);
  });

  it("name what each price is of", () => {
    expect(meaningOf("search_hour/r6g.large.search")).toBe("a node of the instance type r6g.large.search, for an hour");
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
