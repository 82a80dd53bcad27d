import { PolicyDocument, statementIf, statementsIf } from "../aws/policy";
import type { RoleWithPolicy } from "../aws/role";
import { type Expression, hcl } from "../terraform/expression";
import { auditIndices, isAudited } from "./audit-role";
import type { Context } from "./context";
import { cleanUpIndices, isCleanedUp } from "./index-cleanup-role";
import type { OptionalRole } from "./scheduled-function";
import { keepTemplateAndPolicy } from "./search-contents";

/** The roles of functions that use the domain. */
export interface SearchRoles {
  readonly forwarder: RoleWithPolicy;
  readonly indexCleanup: OptionalRole;
  readonly audit: OptionalRole;
}

/**
 * The forwarder may write, the clean-up function may delete, the audit and readers may read; IAM policies of other principals decide about
 * their access. For browsers that do not sign their requests the policy names nobody: fine-grained access control decides, and
 * the functions' own policies.
 *
 * @param isOpen whether browsers do not sign their requests
 */
export function domainAccessPolicy(
  { inputs, account }: Context,
  { forwarder, indexCleanup, audit }: SearchRoles,
  isOpen: Expression,
): string {
  const domain = account.arn("es", `domain/${inputs.name}`);
  const { readerArns: readers, ipAllowList: ranges, accessPolicyStatements } = inputs.searchDomain;
  const signedIn = { Effect: "Allow", Principal: { AWS: "*" }, Action: "es:ESHttp*", Resource: `${domain}/*` } as const;
  const named = statementsIf(hcl`!${isOpen}`, [
    {
      Sid: "ForwarderIndexesEvents",
      Effect: "Allow",
      Principal: { AWS: forwarder.arn },
      Action: "es:ESHttpPost",
      Resource: [`${domain}/_bulk`, `${domain}/*/_bulk`],
    },
    ...keepTemplateAndPolicy("Forwarder", inputs, domain, hcl`true`, { Principal: { AWS: forwarder.arn } }),
    ...cleanUpIndices("Cleanup", inputs, domain, isCleanedUp(inputs), { Principal: { AWS: indexCleanup.arn.string } }),
    ...auditIndices("Audit", inputs, domain, isAudited(inputs), { Principal: { AWS: audit.arn.string } }),
    statementIf(hcl`length(${readers}) > 0`, {
      Sid: "ReadersRead",
      Effect: "Allow",
      Principal: { AWS: readers },
      Action: ["es:ESHttpGet", "es:ESHttpHead"],
      Resource: `${domain}/*`,
    }),
    statementIf(hcl`length(${readers}) > 0`, {
      Sid: "ReadersSearch",
      Effect: "Allow",
      Principal: { AWS: readers },
      Action: "es:ESHttpPost",
      Resource: ["_search", "_msearch", "_count"].flatMap((api) => [`${domain}/${api}`, `${domain}/*/${api}`]),
    }),
  ]);
  const open = statementsIf(isOpen, [
    statementIf(hcl`length(${ranges}) == 0`, { Sid: "SignedInFromAnywhere", ...signedIn }),
    statementIf(hcl`length(${ranges}) > 0`, {
      Sid: "SignedInFromAllowedAddresses",
      ...signedIn,
      Condition: { IpAddress: { "aws:SourceIp": ranges } },
    }),
  ]);
  return new PolicyDocument([...named, ...open], accessPolicyStatements).string;
}
