import { assumedByLambda, decryptEnvironment, writeOwnLogs } from "../aws/function-role";
import { type ConditionalStatement, type Statement, statementIf } from "../aws/policy";
import { useOfKey } from "../aws/via-service";
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

/** Whether the pipeline compares its archive with its index. */
export const isAudited = ({ audit }: Inputs): Expression => hcl`${audit.schedule} != null`;

/** The role of the function `audit`: it reads, and writes nothing but its log. */
export function createAuditRole(context: Context, key: PipelineKey): OptionalRole {
  const { inputs, account, searchDomainArn } = context;
  return createOptionalRole(context, {
    isCreated: isAudited(inputs),
    id: "audit",
    name: "audit",
    description: "The function audit reads the archive and the indices of the search endpoint",
    assumedBy: assumedByLambda(account, inputs.enforceLambdaSourceAccount),
    statements: [
      decryptEnvironment(account, `${inputs.name}-audit`, key.arn),
      ...writeOwnLogs(account, `${inputs.name}-audit`),
      ...readArchive(context),
      ...auditIndices("", inputs, searchDomainArn, isSignedFor(searchDomainArn, inputs)),
      ...readCredentials(inputs, account),
      attachToVpc(inputs),
    ],
  });
}

/** What the index should have, and what it has rejected. */
function readArchive(context: Context) {
  const { inputs, account, archiveBucketArn, archiveOwner } = context;
  const ofItsOwner = { StringEquals: { "s3:ResourceAccount": archiveOwner } };
  const folders = ["archive", "rejected"].map((folder) => `${archiveBucketArn}/${inputs.archivePrefix}${folder}/*`);
  const statements: (Statement | ConditionalStatement)[] = [
    { Sid: "ListArchive", Effect: "Allow", Action: "s3:ListBucket", Resource: archiveBucketArn, Condition: ofItsOwner },
    { Sid: "ReadArchive", Effect: "Allow", Action: "s3:GetObject", Resource: folders, Condition: ofItsOwner },
    useOfKey("DecryptArchive", "kms:Decrypt", { keyArn: inputs.archiveKmsKeyArn, account, service: "s3" }),
  ];
  return statements;
}

/**
 * Lets the function `audit` list the indices, search those with the pipeline's prefixes, and end its searches.
 *
 * @param who begins the ids of the statements
 * @param domain ARN of the domain
 * @param condition under which the domain exists
 */
export function auditIndices(
  who: string,
  inputs: Inputs,
  domain: string,
  condition: Expression,
  principal: Pick<Statement, "Principal"> = {},
) {
  const allow = (Sid: string, Action: string, Resource: readonly string[]) =>
    statementIf(condition, { Sid, Effect: "Allow", ...principal, Action, Resource });
  const search = hcl`formatlist("%s/%s*/_search", ${domain}, ${indexPrefixesOf(inputs)})`;
  const count = hcl`formatlist("%s/%s*/_count", ${domain}, ${indexPrefixesOf(inputs)})`;
  const named = [`${domain}/_mget`, `${domain}/_search/scroll`];
  return [
    allow(`${who}ListIndices`, "es:ESHttpGet", [`${domain}/_cat/indices/*`]),
    allow(`${who}SearchIndices`, "es:ESHttpPost", hcl`concat(${search}, ${count}, ${named})`.list),
    allow(`${who}EndSearches`, "es:ESHttpDelete", [`${domain}/_search/scroll`]),
  ];
}
