import { isObject, parsedObject } from "../../core/json/object";
import type { ApiClient } from "../../search/client";
import { matchesPattern } from "./pattern";

/** A domain of the caller's account and region. */
export interface FoundDomain {
  readonly arn: string;
  /** Its resource policy. */
  readonly accessPolicy: string;
  /** Such as `OpenSearch_2.19`. */
  readonly engineVersion: string;
}

/** Names that one DescribeDomains takes. Source: OpenSearch Service API Reference, "DescribeDomains". */
const NAMES_PER_CALL = 5;

/** Finds the domain of the pipeline's endpoint; asks once. @throws ApiError */
export type DomainOf = (endpoint: string) => Promise<FoundDomain | undefined>;

/** Finds the domain of an endpoint, which may be its own, in a VPC, or a custom one; undefined: it is none of these. @throws ApiError */
export async function findDomain(api: ApiClient, endpoint: string): Promise<FoundDomain | undefined> {
  const { host } = new URL(endpoint);
  const listed = await api.call({ method: "GET", path: "/2021-01-01/domain" });
  const names = listOf(listed.body, "DomainNames").map(({ DomainName }) => String(DomainName));
  for (let i = 0; i < names.length; i += NAMES_PER_CALL) {
    const body = { DomainNames: names.slice(i, i + NAMES_PER_CALL) };
    const described = await api.call({ method: "POST", path: "/2021-01-01/opensearch/domain-info", body });
    const found = listOf(described.body, "DomainStatusList").find((domain) => hostsOf(domain).includes(host));
    if (found) {
      const { ARN, AccessPolicies = "", EngineVersion = "" } = found;
      return { arn: String(ARN), accessPolicy: String(AccessPolicies), engineVersion: String(EngineVersion) };
    }
  }
  return undefined;
}

function hostsOf({ Endpoint, EndpointV2, Endpoints, DomainEndpointOptions }: Record<string, unknown>): unknown[] {
  const { CustomEndpoint } = isObject(DomainEndpointOptions) ? DomainEndpointOptions : {};
  return [Endpoint, EndpointV2, CustomEndpoint, ...(isObject(Endpoints) ? Object.values(Endpoints) : [])];
}

function listOf(body: unknown, name: string): Record<string, unknown>[] {
  const list = isObject(body) ? body[name] : undefined;
  return Array.isArray(list) ? list.filter(isObject) : [];
}

/**
 * Whether a resource policy allows a role an action by itself, as one of the same account does without the role's own policies.
 *
 * @returns "maybe": by a statement with a condition, such as the caller's address
 */
export function allowedBy(accessPolicy: string, roleArn: string, action: string): boolean | "maybe" {
  const { Statement } = parsedObject(accessPolicy) ?? {};
  const statements = (Array.isArray(Statement) ? Statement : [Statement]).filter(isObject);
  const account = roleArn.split(":")[4];
  const whole = [roleArn, "*", account, roleArn.replace(/:role\/.*/, ":root")];
  const allowing = statements.filter(({ Effect, Principal, Action }) => {
    const { AWS } = isObject(Principal) ? Principal : { AWS: Principal };
    const isNamed = textsOf(AWS).some((one) => whole.includes(one));
    return Effect === "Allow" && isNamed && textsOf(Action).some((pattern) => matchesPattern(pattern, action));
  });
  if (allowing.some(({ Condition }) => Condition === undefined)) return true;
  return allowing.length > 0 ? "maybe" : false;
}

const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).map(String);
