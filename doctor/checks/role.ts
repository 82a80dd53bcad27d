import { DOMAIN_ORIGINS } from "../../core/settings/search-endpoint";
import { securityApi } from "../../search/roles/security-api";
import { UnavailableError } from "../../search/setup/item";
import type { DoctorFinding } from "../check-table";
import type { DoctorContext } from "../context";
import { type Examined, looked, together, UncheckedError } from "../examined";
import { allowedBy, type DomainOf, findDomain } from "../role/domain";
import { mappedRoles } from "../role/mapped-roles";
import { decisionText, simulate } from "../role/simulation";
import { SEARCH_SETUP } from "./commands";
import { examineEngineVersion } from "./engine-version";

/**
 * Checks that the functions' own role may write to the search endpoint, by IAM and by the roles of the domain, and that AWS still
 * supports the domain's engine.
 */
export function examineRole(context: DoctorContext): Promise<Examined> {
  let asked: ReturnType<DomainOf> | undefined;
  const domainOf: DomainOf = (endpoint) => {
    asked ??= findDomain(context.domains, endpoint);
    return asked;
  };
  return together([
    looked(["role-iam"], "the functions' role", () => byIam(context, domainOf)),
    looked(["role-mapping"], "the functions' role", () => byMapping(context)),
    examineEngineVersion(context, domainOf),
  ]);
}

async function byIam(context: DoctorContext, domainOf: DomainOf): Promise<DoctorFinding[]> {
  const { iam, isAws } = context;
  const roleArn = signingRole(context);
  const endpoint = context.environment()?.SEARCH_ENDPOINT;
  if (!isAws || roleArn === undefined || !endpoint) return [];
  const domain = await domainOf(endpoint);
  if (!domain) {
    // A cluster of one's own does not ask IAM.
    if (!DOMAIN_ORIGINS.some((origin) => origin.test(endpoint))) return [];
    throw new UncheckedError(`${endpoint} is no domain of this account and region`);
  }
  const call = { action: "es:ESHttpPost", resource: `${domain.arn}/_bulk` };
  const decision = await simulate(iam, roleArn, call);
  if (decision === "allowed") return [];
  const byDomain = decision === "implicitDeny" && allowedBy(domain.accessPolicy, roleArn, call.action);
  if (byDomain === true) return [];
  if (byDomain === "maybe") {
    throw new UncheckedError(
      "no policy of the role allows es:ESHttpPost, and the domain's access policy does on a condition",
    );
  }
  return [
    { check: "role-iam", subject: roleArn, found: `it ${decisionText(decision, call)}`, command: "terraform apply" },
  ];
}

async function byMapping(context: DoctorContext): Promise<DoctorFinding[]> {
  const roleArn = signingRole(context);
  const environment = context.environment();
  if (!context.engine || roleArn === undefined || !environment) return [];
  const api = await securityApi(context.engine.api).catch((error) => {
    // IAM alone decides.
    if (error instanceof UnavailableError) return undefined;
    throw error;
  });
  if (!api) return [];
  const { names, writing } = await mappedRoles(api, roleArn, `${environment.INDEX_PREFIX}x-2026.01.01`);
  if (writing.length > 0) return [];
  const found =
    names.length === 0
      ? "it is mapped to no role of the domain"
      : `it is mapped to ${names.join(", ")}, and none of them may write to ${environment.INDEX_PREFIX}*`;
  return [{ check: "role-mapping", subject: roleArn, found, command: `${SEARCH_SETUP} --writer ${roleArn}` }];
}

/** The role that signs requests to the search endpoint; undefined: none does, as a secret has the login, or there is no function. */
function signingRole({ lanes, environment }: DoctorContext): string | undefined {
  if (environment()?.SEARCH_SECRET_ARN !== "") return undefined;
  return roleOf(lanes);
}

/** Returns the role of the first function that there is. */
export function roleOf(lanes: DoctorContext["lanes"]): string | undefined {
  for (const lane of lanes) {
    const role = lane.forwarder()?.Role;
    if (role !== undefined) return role;
  }
  return undefined;
}
