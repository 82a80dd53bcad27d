import fc from "fast-check";
import {
  DOMAIN_ORIGINS,
  parseSearchEndpoint,
  regionOfDomain,
  SEARCH_ENDPOINT_ALLOWED,
} from "../../../core/settings/search-endpoint";
import { pipelineInputs } from "../../../modules/logging-pipeline/inputs";

const DOMAINS = [
  ["https://search-logs-abc123.eu-central-1.es.amazonaws.com", "eu-central-1"],
  ["https://vpc-logs-abc123.us-gov-west-1.es.amazonaws.com", "us-gov-west-1"],
  ["https://search-logs-abc123.cn-north-1.es.amazonaws.com.cn", "cn-north-1"],
  ["https://search-logs-abc123.eusc-de-east-1.es.amazonaws.eu", "eusc-de-east-1"],
  ["https://search-logs-abc123.aos.us-east-1.on.aws", "us-east-1"],
  ["https://vpc-logs-abc123.aos.cn-northwest-1.on.amazonwebservices.com.cn", "cn-northwest-1"],
  ["https://vpc-logs-abc123.AP-Southeast-5.ES.amazonaws.com.:443", "ap-southeast-5"],
] as const;

/** None has a region, though some look like it. */
const OTHERS = [
  "https://search.example.com",
  "https://search.eu-central-1.example.com",
  "https://search-logs-abc123.eu-central-1.es.amazonaws.com.example.com",
  "https://logs.es.eu-central-1.aws.elastic-cloud.com",
  "https://logs.eu-central-1.aws.found.io:9243",
  "https://10.0.0.5:9200",
  "http://127.0.0.1:9200",
];

const NO_DOMAINS = [
  "https://abc123.eu-central-1.aoss.amazonaws.com",
  "https://abc123.us-east-1.aoss-fips.amazonaws.com",
  "https://abc123.cn-north-1.aoss.amazonaws.com.cn",
  "https://abc123.aoss.us-east-1.on.aws",
  "https://123456789012.aoss-fips.us-east-1.on.aws",
  "https://abc123.AOSS.us-east-1.on.aws.:443",
  "https://dashboards.us-east-1.aoss.amazonaws.com",
  "https://aoss.us-east-1.amazonaws.com",
  "https://logs-abc123.eu-central-1.osis.amazonaws.com",
  "https://es.eu-central-1.amazonaws.com",
  "https://es-fips.us-east-1.amazonaws.com",
  "https://aos.us-east-1.api.aws",
];

const [origin, supported] = pipelineInputs.searchEndpoint.schema.rules;
const acceptedAtPlan = (endpoint: string) => origin!.accepts(endpoint) && supported!.accepts(endpoint);

describe("a search endpoint", () => {
  it.each(DOMAINS)("of a domain names its region: %s", (endpoint, region) => {
    expect(regionOfDomain(endpoint)).toBe(region);
    expect([parseSearchEndpoint(endpoint) !== undefined, acceptedAtPlan(endpoint)]).toEqual([true, true]);
  });

  it.each(OTHERS)("of anything else names none: %s", (endpoint) => {
    expect(regionOfDomain(endpoint)).toBeUndefined();
    expect([parseSearchEndpoint(endpoint) !== undefined, acceptedAtPlan(endpoint)]).toEqual([true, true]);
  });

  it.each(NO_DOMAINS)("is not that of another service of AWS: %s", (endpoint) => {
    expect([parseSearchEndpoint(endpoint), acceptedAtPlan(endpoint)]).toEqual([undefined, false]);
    expect(SEARCH_ENDPOINT_ALLOWED).toContain("not of OpenSearch Serverless or Ingestion");
  });

  it.each([
    "https://search.example.com:0",
    "https://search.example.com:65536",
    "https://search..example.com",
    "https://-search.example.com",
    "https://10.0.0.256",
    "https://.",
  ])("that no client can open is rejected in the plan: %s", (endpoint) => {
    expect(acceptedAtPlan(endpoint)).toBe(false);
  });

  it("that the plan accepts is accepted by the functions", () => {
    const host = fc.stringMatching(/^[a-z0-9.-]{1,20}$/);
    fc.assert(
      fc.property(host, fc.integer({ min: 0, max: 99_999 }), (name, port) => {
        const endpoint = `https://${name}:${port}`;
        // Names of IDNA are checked by whoever opens the connection.
        fc.pre(!name.includes("xn--"));
        if (acceptedAtPlan(endpoint)) expect(parseSearchEndpoint(endpoint)).toBe(new URL(endpoint).origin);
      }),
    );
  });

  it("names its region in one group of one pattern, as Terraform reads it", () => {
    const groups = DOMAIN_ORIGINS.map((pattern) => new RegExp(`${pattern.source}|`).exec("")!.length - 1);
    expect(groups).toEqual([1, 1]);
  });
});
