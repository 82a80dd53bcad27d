import type { Environment } from "../../core/settings/environment";
import { DOMAIN_ORIGINS, ELASTIC_CLOUD_ORIGIN, regionOfDomain } from "../../core/settings/search-endpoint";
import type { Account } from "../aws/account";
import { type ConditionalStatement, statementIf } from "../aws/policy";
import type { Constraint } from "../inputs/constraints";
import { terraformPattern } from "../inputs/rules";
import type { Values } from "../inputs/values";
import { type Expression, hcl, written } from "../terraform/expression";
import type { endpointInputs } from "./inputs/search-endpoint";

type Inputs = Values<typeof endpointInputs>;
type AccessInputs = Pick<Inputs, "searchRegion" | "searchDomainArn" | "searchCredentials">;

/** The variables that say how a function gets in to the engine. */
export const engineAccessVariables = ({
  searchRegion,
  searchDomainArn,
  searchCredentials: { secretArn },
}: AccessInputs) =>
  ({
    // "": where the host says it, or it is the function's own.
    SEARCH_REGION: hcl`${searchRegion} != null ? ${searchRegion} : try(split(":", ${searchDomainArn})[3], "")`.string,
    SEARCH_SECRET_ARN: hcl`${secretArn} == null ? "" : ${secretArn}`.string,
  }) satisfies Partial<Record<keyof Environment, string>>;

/** Whether requests to a domain are signed: only then what IAM allows has a meaning. @param domain its ARN */
export const isSignedFor = (domain: string, { searchCredentials: { secretArn } }: Pick<Inputs, "searchCredentials">) =>
  hcl`${domain} != null && ${secretArn} == null`;

/** Lets a function read its credentials. The secret may be in another region, and in another account, which has to allow it, too. */
export function readCredentials(
  { searchCredentials: { secretArn, kmsKeyArn } }: Pick<Inputs, "searchCredentials">,
  { dnsSuffix }: Account,
): ConditionalStatement[] {
  const service = hcl`join(".", ["secretsmanager", split(":", ${secretArn})[3], ${dnsSuffix}])`.string;
  return [
    statementIf(hcl`${secretArn} != null`, {
      Sid: "ReadSearchCredentials",
      Effect: "Allow",
      Action: "secretsmanager:GetSecretValue",
      Resource: secretArn.string,
    }),
    statementIf(hcl`${kmsKeyArn} != null`, {
      Sid: "DecryptSearchCredentials",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: kmsKeyArn.string,
      // Source: Secrets Manager User Guide, "Secret encryption and decryption in AWS Secrets Manager": Encryption context.
      Condition: { StringEquals: { "kms:ViaService": service, "kms:EncryptionContext:SecretARN": secretArn.string } },
    }),
  ];
}

const regionOfArn = (arn: unknown): string | undefined => (arn === null ? undefined : String(arn).split(":")[3]);

const regionOfHost = (endpoint: unknown): string | undefined =>
  endpoint === null ? undefined : regionOfDomain(String(endpoint));

/** null where the host names none. */
const regionOfHostAtPlan = (endpoint: Expression): Expression => {
  const found = DOMAIN_ORIGINS.map(
    (pattern) => hcl`lower(regex(${written(terraformPattern(pattern))}, ${endpoint})[0])`,
  );
  return hcl`try(${found[0]}, ${found[1]}, null)`;
};

/** The rules between the inputs that say where the engine is. */
export const endpointConstraints: readonly Constraint<typeof endpointInputs>[] = [
  {
    path: "search_domain_arn",
    allowed: "null unless search_endpoint is given",
    decidedBy: ["searchDomainArn", "searchEndpoint"],
    violations: ({ searchDomainArn, searchEndpoint }) =>
      searchDomainArn !== null && searchEndpoint === null ? [searchDomainArn] : [],
    violationsAtPlan: ({ searchDomainArn, searchEndpoint }) =>
      hcl`[for arn in [${searchDomainArn}] : arn if arn != null && ${searchEndpoint} == null]`,
  },
  {
    path: "search_region",
    allowed: "null unless search_endpoint is given",
    decidedBy: ["searchRegion", "searchEndpoint"],
    violations: ({ searchRegion, searchEndpoint }) =>
      searchRegion !== null && searchEndpoint === null ? [searchRegion] : [],
    violationsAtPlan: ({ searchRegion, searchEndpoint }) =>
      hcl`[for region in [${searchRegion}] : region if region != null && ${searchEndpoint} == null]`,
  },
  {
    path: "search_domain_arn",
    allowed: "the ARN of a domain in the region that the host of search_endpoint names",
    decidedBy: ["searchDomainArn", "searchEndpoint"],
    violations: ({ searchDomainArn, searchEndpoint }) =>
      differ(regionOfArn(searchDomainArn), regionOfHost(searchEndpoint)) ? [searchDomainArn] : [],
    violationsAtPlan: ({ searchDomainArn, searchEndpoint }) =>
      hcl`[for region in [${regionOfHostAtPlan(searchEndpoint)}] : ${searchDomainArn} if region != null && try(split(":", ${searchDomainArn})[3] != region, false)]`,
  },
  {
    path: "search_region",
    allowed: "the region that the host of search_endpoint names, or null",
    decidedBy: ["searchRegion", "searchEndpoint"],
    violations: ({ searchRegion, searchEndpoint }) =>
      differ(searchRegion, regionOfHost(searchEndpoint)) ? [searchRegion] : [],
    violationsAtPlan: ({ searchRegion, searchEndpoint }) =>
      hcl`[for region in [${regionOfHostAtPlan(searchEndpoint)}] : ${searchRegion} if region != null && ${searchRegion} != null && ${searchRegion} != region]`,
  },
  {
    path: "search_region",
    allowed: "the region in search_domain_arn, or null",
    decidedBy: ["searchRegion", "searchDomainArn"],
    violations: ({ searchRegion, searchDomainArn }) =>
      differ(searchRegion, regionOfArn(searchDomainArn)) ? [searchRegion] : [],
    violationsAtPlan: ({ searchRegion, searchDomainArn }) =>
      hcl`[for region in [${searchRegion}] : region if region != null && try(split(":", ${searchDomainArn})[3] != region, false)]`,
  },
  {
    path: "search_region",
    allowed: "null when search_credentials is given: requests with credentials of the engine are not signed",
    decidedBy: ["searchRegion", "searchCredentials"],
    violations: ({ searchRegion, searchCredentials: { secretArn } }) =>
      searchRegion !== null && secretArn !== null ? [searchRegion] : [],
    violationsAtPlan: ({ searchRegion, searchCredentials: { secretArn } }) =>
      hcl`[for region in [${searchRegion}] : region if region != null && ${secretArn} != null]`,
  },
  {
    path: "search_credentials.secret_arn",
    allowed: "null unless search_endpoint is given: requests to the pipeline's own domain are signed",
    decidedBy: ["searchCredentials", "searchEndpoint"],
    violations: ({ searchCredentials: { secretArn }, searchEndpoint }) =>
      secretArn !== null && searchEndpoint === null ? [secretArn] : [],
    violationsAtPlan: ({ searchCredentials: { secretArn }, searchEndpoint }) =>
      hcl`[for arn in [${secretArn}] : arn if arn != null && ${searchEndpoint} == null]`,
  },
  {
    path: "search_credentials.kms_key_arn",
    allowed: "a key in the region of search_credentials.secret_arn",
    decidedBy: ["searchCredentials"],
    violations: ({ searchCredentials: { secretArn, kmsKeyArn } }) =>
      differ(regionOfArn(kmsKeyArn), regionOfArn(secretArn)) ? [kmsKeyArn] : [],
    violationsAtPlan: ({ searchCredentials: { secretArn, kmsKeyArn } }) =>
      hcl`[for arn in [${kmsKeyArn}] : arn if try(split(":", arn)[3] != split(":", ${secretArn})[3], false)]`,
  },
  {
    path: "search_endpoint",
    allowed: "an endpoint of Elastic Cloud only with search_credentials: it takes no signatures of AWS",
    decidedBy: ["searchEndpoint", "searchCredentials"],
    violations: ({ searchEndpoint, searchCredentials: { secretArn } }) =>
      secretArn === null && ELASTIC_CLOUD_ORIGIN.test(String(searchEndpoint)) ? [searchEndpoint] : [],
    violationsAtPlan: ({ searchEndpoint, searchCredentials: { secretArn } }) =>
      hcl`[for endpoint in [${searchEndpoint}] : endpoint if ${secretArn} == null && can(regex(${written(terraformPattern(ELASTIC_CLOUD_ORIGIN))}, endpoint))]`,
  },
];

const differ = (one: unknown, other: unknown): boolean =>
  (one ?? undefined) !== undefined && other !== undefined && one !== other;
