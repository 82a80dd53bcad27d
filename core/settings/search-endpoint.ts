import { ORIGIN_ALLOWED, parseOrigin } from "./origin";

/** A region's name. No group, and no look-ahead: Terraform matches these patterns, too. */
const REGION = "[a-z]{2,5}(?:-[a-z]+)+-[0-9]+";

/** The DNS suffixes of AWS's partitions: of IPv4 endpoints, and of dual-stack ones. Source: endpoints.json of the AWS SDKs. */
const SUFFIX = "amazonaws\\.(?:com|com\\.cn|eu)";
const DUAL_STACK = "(?:on|api)\\.(?:aws|amazonwebservices\\.(?:com\\.cn|eu))";

/** The dot of the root, and a port. */
const END = "\\.?(?::[0-9]+)?$";

const originOf = (pattern: string): RegExp => new RegExp(pattern + END, "i");

/**
 * The origins of domains, with their region as the only group.
 *
 * Source: Amazon OpenSearch Service API Reference, "DomainStatus": Endpoint, EndpointV2.
 */
export const DOMAIN_ORIGINS: readonly RegExp[] = [
  originOf(`\\.(${REGION})\\.es\\.${SUFFIX}`),
  originOf(`\\.aos\\.(${REGION})\\.${DUAL_STACK}`),
];

/**
 * The origins of AWS that look like a domain's and are none: of Serverless, of Ingestion, and of the APIs that manage them.
 *
 * Sources: Amazon OpenSearch Service Developer Guide, "Collection endpoints for Amazon OpenSearch Serverless" and "FIPS
 * compliance in Amazon OpenSearch Serverless"; AWS General Reference, "Amazon OpenSearch Service endpoints and quotas".
 */
export const NO_DOMAIN_ORIGINS: readonly RegExp[] = [
  originOf(`[/.](?:aoss|osis)(?:-fips)?\\.(?:${REGION}\\.)?(?:${SUFFIX}|${DUAL_STACK})`),
  originOf(`//(?:es|aos)(?:-fips)?\\.${REGION}\\.(?:${SUFFIX}|${DUAL_STACK})`),
];

/** The origins of Elastic Cloud, hosted and serverless. Source: Elastic documentation, "Connect to Elasticsearch": endpoints. */
export const ELASTIC_CLOUD_ORIGIN = originOf("\\.(?:found\\.io|elastic-cloud\\.com|elastic\\.cloud)");

export const SEARCH_ENDPOINT_ALLOWED = `${ORIGIN_ALLOWED}, not of OpenSearch Serverless or Ingestion`;

/** Returns the origin of a search endpoint as `parseOrigin` does; undefined also for one that cannot work. */
export function parseSearchEndpoint(text: string): string | undefined {
  const origin = parseOrigin(text);
  return origin && NO_DOMAIN_ORIGINS.some((pattern) => pattern.test(origin)) ? undefined : origin;
}

/** Returns the region that the host of an endpoint names; undefined for a custom endpoint, and for a cluster of one's own. */
export function regionOfDomain(endpoint: string): string | undefined {
  for (const pattern of DOMAIN_ORIGINS) {
    const [, region] = pattern.exec(endpoint) ?? [];
    if (region !== undefined) return region.toLowerCase();
  }
  return undefined;
}
