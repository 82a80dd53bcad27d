import { TerraformLocal } from "cdktf";
import { type Expression, hcl } from "../terraform/expression";
import type { Context } from "./context";

interface Statement {
  readonly Sid: string;
  readonly Action: readonly string[];
  readonly Resource: Expression;
}

/**
 * The identity policies of the functional roles, as JSON by role; null when the search endpoint is no domain of AWS. Paths are
 * those of OpenSearch Service Developer Guide, Supported operations; a path with `*` also matches what begins with it.
 */
export function accessPoliciesOf({ scope, inputs, searchDomainArn }: Context): Expression {
  const { name, indexPrefix, indexHistory, searchDomain } = inputs;
  const prefixes = hcl`distinct(concat([${indexPrefix}], [for names in values(${indexHistory}) : names.prefix]))`;
  const at = (...paths: string[]) => hcl`formatlist("%s/%s", ${searchDomainArn}, ${paths})`;
  const ofIndices = (path: string) => hcl`formatlist(${`%s/%s*${path}`}, ${searchDomainArn}, ${prefixes})`;
  const kept = ["_index_template", "_plugins/_ism/policies", "_opendistro/_ism/policies"];

  const roles: Readonly<Record<"writer" | "reader" | "cleaner" | "administrator", readonly Statement[]>> = {
    writer: [
      { Sid: "IndexEvents", Action: ["es:ESHttpPost"], Resource: at("_bulk", "*/_bulk") },
      {
        Sid: "KeepTemplateAndPolicy",
        Action: ["es:ESHttpGet", "es:ESHttpPut"],
        Resource: at(...kept.map((path) => `${path}/${name}`)),
      },
    ],
    reader: [
      { Sid: "Read", Action: ["es:ESHttpGet", "es:ESHttpHead"], Resource: ofIndices("") },
      {
        Sid: "Search",
        Action: ["es:ESHttpPost"],
        Resource: hcl`concat(${ofIndices("/_search")}, ${ofIndices("/_msearch")}, ${ofIndices("/_count")})`,
      },
    ],
    cleaner: [
      { Sid: "ListIndices", Action: ["es:ESHttpGet"], Resource: at("_cat/indices/*", "_cat/allocation") },
      { Sid: "ReadMappings", Action: ["es:ESHttpGet"], Resource: ofIndices("/_mapping") },
      { Sid: "DeleteIndices", Action: ["es:ESHttpDelete"], Resource: ofIndices("") },
    ],
    administrator: [{ Sid: "Administer", Action: ["es:ESHttp*"], Resource: at("*") }],
  };
  const ranges = searchDomain.ipAllowList;
  const fromRanges = hcl`{ for ranges in [${ranges}] : "Condition" => { IpAddress = { "aws:SourceIp" = ranges } } if length(ranges) > 0 }`;
  const condition = new TerraformLocal(scope, "access_condition", fromRanges).expression;
  const statements = hcl`[for statement in statements : merge({ Effect = "Allow" }, statement, ${condition})]`;
  const policies = hcl`{ for role, statements in ${roles} : role => { Version = "2012-10-17", Statement = ${statements} } }`;
  const local = new TerraformLocal(scope, "access_policies", hcl`${searchDomainArn} == null ? null : ${policies}`);
  return hcl`${local.expression} == null ? null : { for role, policy in ${local.expression} : role => jsonencode(policy) }`;
}
