import { DataAwsSecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secret-version";
import type { OpensearchDomain } from "@cdktf/provider-aws/lib/opensearch-domain";
import { OpensearchDomainSamlOptions } from "@cdktf/provider-aws/lib/opensearch-domain-saml-options";
import type { Values } from "../inputs/values";
import type { Assertion } from "../terraform/check";
import { countIf } from "../terraform/count";
import { type Expression, hcl, requiredText } from "../terraform/expression";
import type { Context } from "./context";
import type { pipelineInputs } from "./inputs";
import { makesDomain } from "./own-domain";
import { hasFineGrainedAccess } from "./search-contents";

type Inputs = Values<typeof pipelineInputs>;

/**
 * Whether people sign in to Dashboards by a browser that does not sign its requests: by SAML, or by user and password. If the
 * access policy names an IAM principal, AWS demands a signature of every client (OpenSearch Service Developer Guide,
 * Fine-grained access control), so it must name none.
 */
export const browsersComeUnsigned = ({ searchDomain: { saml, masterUserSecretArn } }: Inputs): Expression =>
  hcl`${saml.entityId} != null || ${masterUserSecretArn} != null`;

/** Whether the domain is made, and has what the condition asks for. */
const ofOwnDomain = (inputs: Inputs, condition: Expression) => countIf(hcl`${makesDomain(inputs)} && ${condition}`);

/** The block `advanced_security_options`: fine-grained access control and its master user. */
export function masterUserOptions({ scope, inputs }: Context): Readonly<Record<string, unknown>> {
  const { masterUserArn, masterUserSecretArn } = inputs.searchDomain;
  const secret = new DataAwsSecretsmanagerSecretVersion(scope, "master_user", {
    count: ofOwnDomain(inputs, hcl`${masterUserSecretArn} != null`),
    secretId: requiredText(masterUserSecretArn),
  });
  const texts = hcl`${secret.fqn}[*].secret_string`;
  return {
    enabled: true,
    internal_user_database_enabled: hcl`${masterUserSecretArn} != null`,
    master_user_options: {
      master_user_arn: masterUserArn,
      master_user_name: hcl`one([for text in ${texts} : jsondecode(text).username])`,
      master_user_password: hcl`one([for text in ${texts} : jsondecode(text).password])`,
    },
  };
}

/** Lets people sign in by SAML, if it is given. */
export function createSamlOptions({ scope, inputs }: Context, domain: OpensearchDomain): void {
  const { saml } = inputs.searchDomain;
  new OpensearchDomainSamlOptions(scope, "domain_saml_options", {
    count: ofOwnDomain(inputs, hcl`${saml.entityId} != null`),
    domainName: hcl`one(${domain.fqn}[*].domain_name)`.string,
    samlOptions: {
      enabled: true,
      idp: { entityId: requiredText(saml.entityId), metadataContent: requiredText(saml.metadataContent) },
      masterUserName: saml.masterUserName.string,
      masterBackendRole: saml.masterBackendRole.string,
      subjectKey: saml.subjectKey.string,
      rolesKey: saml.rolesKey.string,
      sessionTimeoutMinutes: saml.sessionTimeoutMinutes.number,
    },
  });
}

/** That somebody has been let in. @param unsigned {@link browsersComeUnsigned} */
export function waysIn(inputs: Inputs, domain: OpensearchDomain, unsigned: Expression): Assertion[] {
  const { readerArns, cognito, accessPolicyStatements } = inputs.searchDomain;
  const noDomain = hcl`length(${domain.fqn}) == 0`;
  const byCognito = hcl`${cognito.userPoolId} != null`;
  const everybody = ['"*"', '{"AWS":"*"}', '{"AWS":["*"]}'];
  const named = hcl`[for text in ${accessPolicyStatements} : text if !try(contains(${everybody}, jsonencode(jsondecode(text).Principal)), false)]`;
  const allowing = hcl`[for text in ${accessPolicyStatements} : text if try(jsondecode(text).Effect, "") == "Allow"]`;
  const grants = hcl`concat(${readerArns}, ${allowing})`;
  return [
    {
      condition: hcl`${noDomain} || ${unsigned} || ${byCognito} || length(${grants}) > 0`,
      errorMessage:
        "Nobody is let into the domain: search_domain has no reader_arns, saml, cognito, master_user_secret_arn or access_policy_statements that allow anything. " +
        "Only principals whose own IAM policies allow it can search, by signed requests (output access_policies), and no browser can. See docs/people.md.",
    },
    {
      condition: hcl`${noDomain} || !(${hasFineGrainedAccess(inputs)}) || ${unsigned} || ${byCognito}`,
      errorMessage:
        "Nobody can sign in to Dashboards: with search_domain.master_user_arn alone, it shows a sign-in page that accepts nobody. " +
        "Set search_domain.saml or search_domain.cognito. See docs/people.md.",
    },
    {
      condition: hcl`${noDomain} || !${unsigned} || length(${named}) == 0`,
      errorMessage:
        "No browser gets into Dashboards: search_domain.access_policy_statements name principals, so AWS demands a signature of every request. " +
        "Map these principals to roles of the domain instead (by the command search setup). See docs/people.md.",
    },
  ];
}
