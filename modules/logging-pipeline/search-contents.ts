import { OWN_DOMAIN_RETENTION_DAYS } from "../../core/settings/environment";
import { type Statement, statementIf } from "../aws/policy";
import type { Values } from "../inputs/values";
import { type Expression, hcl } from "../terraform/expression";
import type { pipelineInputs } from "./inputs";

type Inputs = Values<typeof pipelineInputs>;

/** Days after which an index is deleted; 0: never. */
export const retentionDays = ({ indexRetentionDays, searchEndpoint }: Inputs): Expression =>
  hcl`${indexRetentionDays} != null ? ${indexRetentionDays} : ${searchEndpoint} == null ? ${OWN_DOMAIN_RETENTION_DAYS} : 0`;

/** Maximum number of replicas of a new index: with standby, AWS takes an index of three copies, or of a multiple, and no other. */
export const replicasOf = ({
  indexReplicas,
  searchDomain,
}: Pick<Inputs, "indexReplicas" | "searchDomain">): Expression =>
  hcl`${indexReplicas} != null ? ${indexReplicas} : ${searchDomain.multiAzWithStandby} ? 2 : 1`;

/** Whether users and roles of the domain itself decide about each request: the lifecycle policy is then for `search -- setup`. */
export const hasFineGrainedAccess = ({ searchDomain }: Pick<Inputs, "searchDomain">): Expression =>
  hcl`${searchDomain.masterUserArn} != null || ${searchDomain.masterUserSecretArn} != null`;

const isManaged = ({ indexTemplate }: Pick<Inputs, "indexTemplate">): Expression => hcl`${indexTemplate} == "managed"`;

/**
 * Lets the forwarder keep the one index template of its pipeline, and the one lifecycle policy.
 *
 * @param who begins the ids of the statements
 * @param inputs without `searchDomain`, of a domain that is not made here
 * @param domain ARN of the domain
 * @param condition under which the domain exists
 */
export function keepTemplateAndPolicy(
  who: string,
  inputs: Pick<Inputs, "name" | "indexTemplate"> & Partial<Pick<Inputs, "searchDomain">>,
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
  const { searchDomain } = inputs;
  return [
    statementIf(isKept, allow(`${who}KeepsTemplate`, ["_index_template"])),
    // The second path is that of Elasticsearch.
    statementIf(
      searchDomain ? hcl`${isKept} && !(${hasFineGrainedAccess({ searchDomain })})` : isKept,
      allow(`${who}KeepsPolicy`, ["_plugins/_ism/policies", "_opendistro/_ism/policies"]),
    ),
  ];
}
