import type { Constraint } from "../inputs/constraints";
import { hcl } from "../terraform/expression";
import type { pipelineInputs } from "./inputs";

/** The rules between the ways in which people get to the domain. */
export const signInConstraints: readonly Constraint<typeof pipelineInputs>[] = [
  {
    path: "search_domain.master_user_secret_arn",
    allowed: "null when search_domain.master_user_arn is given: a domain has one master user",
    decidedBy: ["searchDomain"],
    violations: ({ searchDomain: { masterUserArn, masterUserSecretArn } }) =>
      masterUserArn !== null && masterUserSecretArn !== null ? [masterUserSecretArn] : [],
    violationsAtPlan: ({ searchDomain: { masterUserArn, masterUserSecretArn } }) =>
      hcl`[for arn in [${masterUserSecretArn}] : arn if arn != null && ${masterUserArn} != null]`,
  },
  {
    path: "search_domain.saml.entity_id",
    allowed:
      "null unless search_domain.master_user_arn or master_user_secret_arn is given: SAML needs fine-grained access control",
    decidedBy: ["searchDomain"],
    violations: ({ searchDomain: { saml, masterUserArn, masterUserSecretArn } }) =>
      saml.entityId !== null && masterUserArn === null && masterUserSecretArn === null ? [saml.entityId] : [],
    violationsAtPlan: ({ searchDomain: { saml, masterUserArn, masterUserSecretArn } }) =>
      hcl`[for id in [${saml.entityId}] : id if id != null && ${masterUserArn} == null && ${masterUserSecretArn} == null]`,
  },
  {
    path: "search_domain.cognito.user_pool_id",
    allowed: "null when search_domain.saml or master_user_secret_arn is given: Dashboards has one way to sign in",
    decidedBy: ["searchDomain"],
    violations: ({ searchDomain: { cognito, saml, masterUserSecretArn } }) =>
      cognito.userPoolId !== null && (saml.entityId !== null || masterUserSecretArn !== null)
        ? [cognito.userPoolId]
        : [],
    violationsAtPlan: ({ searchDomain: { cognito, saml, masterUserSecretArn } }) =>
      hcl`[for id in [${cognito.userPoolId}] : id if id != null && (${saml.entityId} != null || ${masterUserSecretArn} != null)]`,
  },
  {
    path: "search_domain.reader_arns",
    allowed:
      "[] when search_domain.saml or master_user_secret_arn is given: a policy that names a principal makes AWS demand a signature of every request, " +
      "which browsers cannot give. Map the principals to a role of the domain (by the command search setup)",
    decidedBy: ["searchDomain"],
    violations: ({ searchDomain: { readerArns, saml, masterUserSecretArn } }) =>
      readerArns.length > 0 && (saml.entityId !== null || masterUserSecretArn !== null) ? [readerArns] : [],
    violationsAtPlan: ({ searchDomain: { readerArns, saml, masterUserSecretArn } }) =>
      hcl`[for arns in [${readerArns}] : arns if length(arns) > 0 && (${saml.entityId} != null || ${masterUserSecretArn} != null)]`,
  },
  {
    path: "search_domain.ip_allow_list",
    allowed: "[] when vpc is given: in a VPC, AWS takes no policy about IP addresses, and security groups decide",
    decidedBy: ["searchDomain", "vpc"],
    violations: ({ searchDomain: { ipAllowList }, vpc: { subnetIds } }) =>
      ipAllowList.length > 0 && subnetIds !== null ? [ipAllowList] : [],
    violationsAtPlan: ({ searchDomain: { ipAllowList }, vpc: { subnetIds } }) =>
      hcl`[for ranges in [${ipAllowList}] : ranges if length(ranges) > 0 && ${subnetIds} != null]`,
  },
];
