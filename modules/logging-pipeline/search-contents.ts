import { type Statement, statementIf } from "../aws/policy";
import type { Values } from "../inputs/values";
import { type Expression, hcl } from "../terraform/expression";
import { OWN_DOMAIN_RETENTION_DAYS, type pipelineInputs } from "./inputs";

type Inputs = Values<typeof pipelineInputs>;

/** Days after which an index is deleted; 0: never. */
export const retentionDays = ({ indexRetentionDays, searchEndpoint }: Inputs): Expression =>
  hcl`${indexRetentionDays} != null ? ${indexRetentionDays} : ${searchEndpoint} == null ? ${OWN_DOMAIN_RETENTION_DAYS} : 0`;

/** Whether users and roles of the domain itself decide about each request: the lifecycle policy is then for `search -- setup`. */
export const hasFineGrainedAccess = ({ searchDomain }: Inputs): Expression =>
  hcl`${searchDomain.masterUserArn} != null || ${searchDomain.masterUserSecretArn} != null`;

const isManaged = ({ indexTemplate }: Inputs): Expression => hcl`${indexTemplate} == "managed"`;

/**
 * Lets the forwarder keep the one index template of its pipeline, and the one lifecycle policy.
 *
 * @param who begins the ids of the statements
 * @param domain ARN of the domain
 * @param condition under which the domain exists
 */
export function keepTemplateAndPolicy(
  who: string,
  inputs: Inputs,
  domain: string,
  condition: Expression,
  principal: Pick<Statement, "Principal"> = {},
) {
  const allow = (Sid: string, paths: readonly string[]): Statement => ({
    Sid,
    Effect: "Allow",
    ...principal,
    Action: ["es:ESHttpGet", "es:ESHttpPut"],
    Resource: paths.map((path) => `${domain}/${path}/${inputs.name}`),
  });
  const isKept = hcl`${condition} && ${isManaged(inputs)}`;
  return [
    statementIf(isKept, allow(`${who}KeepsTemplate`, ["_index_template"])),
    // The second path is that of Elasticsearch.
    statementIf(
      hcl`${isKept} && !(${hasFineGrainedAccess(inputs)})`,
      allow(`${who}KeepsPolicy`, ["_plugins/_ism/policies", "_opendistro/_ism/policies"]),
    ),
  ];
}
