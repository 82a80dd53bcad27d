import { assumedByLambda, decryptEnvironment, writeOwnLogs } from "../aws/function-role";
import { type Statement, statementIf } from "../aws/policy";
import type { Values } from "../inputs/values";
import { type Expression, hcl } from "../terraform/expression";
import type { Context } from "./context";
import { attachToVpc } from "./function-vpc";
import { indexPrefixesOf } from "./index-names";
import type { pipelineInputs } from "./inputs";
import type { PipelineKey } from "./key";
import { createOptionalRole, type OptionalRole } from "./scheduled-function";
import { isSignedFor, readCredentials } from "./search-endpoint";

type Inputs = Values<typeof pipelineInputs>;

/** Whether the pipeline has a clean-up function. */
export const isCleanedUp = ({ indexCleanup }: Inputs): Expression => hcl`${indexCleanup.schedule} != null`;

/** The role of the clean-up function. */
export function createIndexCleanupRole(context: Context, key: PipelineKey): OptionalRole {
  const { inputs, account, searchDomainArn } = context;
  return createOptionalRole(context, {
    isCreated: isCleanedUp(inputs),
    id: "index_cleanup",
    name: "index-cleanup",
    description: "The clean-up function lists and deletes indices of the search endpoint",
    assumedBy: assumedByLambda(account, inputs.enforceLambdaSourceAccount),
    statements: [
      decryptEnvironment(account, `${inputs.name}-index-cleanup`, key.arn),
      ...writeOwnLogs(account, `${inputs.name}-index-cleanup`),
      ...cleanUpIndices("", inputs, searchDomainArn, isSignedFor(searchDomainArn, inputs)),
      ...readCredentials(inputs, account),
      attachToVpc(inputs),
    ],
  });
}

/**
 * Lets the clean-up function list the indices, read the mappings of those with the pipeline's prefixes, and delete these.
 *
 * @param who begins the ids of the statements
 * @param domain ARN of the domain
 * @param condition under which the domain exists
 */
export function cleanUpIndices(
  who: string,
  inputs: Inputs,
  domain: string,
  condition: Expression,
  principal: Pick<Statement, "Principal"> = {},
) {
  const prefixes = indexPrefixesOf(inputs);
  const allow = (Sid: string, Action: string, Resource: readonly string[]) =>
    statementIf(condition, { Sid, Effect: "Allow", ...principal, Action, Resource });
  return [
    allow(`${who}ListIndices`, "es:ESHttpGet", [`${domain}/_cat/indices/*`, `${domain}/_cat/allocation`]),
    allow(`${who}ReadMappings`, "es:ESHttpGet", hcl`formatlist("%s/%s*/_mapping", ${domain}, ${prefixes})`.list),
    allow(`${who}DeleteIndices`, "es:ESHttpDelete", hcl`formatlist("%s/%s*", ${domain}, ${prefixes})`.list),
  ];
}
