import { type Precondition, TerraformLocal } from "cdktf";
import { precondition } from "../inputs/constraints";
import { thousands } from "../inputs/rules";
import { hcl, written } from "../terraform/expression";
import { bytesAtPlan } from "../terraform/json";
import type { Context } from "./context";
import { functionEnvironment } from "./function-environment";
import type { Lanes } from "./lanes";

/**
 * Lambda's limit for all environment variables of a function (Lambda Developer Guide, Lambda quotas). It measures them as one JSON
 * object: its error quotes "String measured: {…}", in which quotes are escaped.
 */
const MAX_BYTES = 4_096;

/** A variable below so many bytes is not named in the error: there is little to shorten. */
const LONG_BYTES = 100;

/** What a plan may not know is counted in full length. */
const LONGEST_BUCKET = "x".repeat(63);
const ENDPOINT = "https://search-%s-abcdefghijklmnopqrstuvwxyz.ap-southeast-1.es.amazonaws.com";

/** Violated by log groups whose functions would have more variables than Lambda takes: each value may be allowed by itself. */
export function environmentsFit({ scope, inputs }: Context, lanes: Lanes): Precondition {
  const { name, searchEndpoint } = inputs;
  const ofDomain = hcl`format(${ENDPOINT}, ${name})`;
  const lane = { key: "key", value: "lane" };
  const environment = functionEnvironment(inputs, lane, {
    searchEndpoint: hcl`${searchEndpoint} == null ? ${ofDomain} : ${searchEndpoint}`.string,
    archiveBucket: LONGEST_BUCKET,
  });
  const environments = hcl`{ for key, lane in ${lanes.byKey} : key => tomap(${environment}) }`;
  const { expression } = new TerraformLocal(scope, "environments", environments);

  const bytes = (value: string) => written(bytesAtPlan(`jsonencode(${value})`));
  const long = hcl`{ for name, value in environment : name => ${bytes("value")} if ${bytes("value")} >= ${LONG_BYTES} }`;
  const given = hcl`merge(${long}, { log_group = key, all = ${bytes("environment")} })`;
  return precondition(
    "log_groups",
    `log groups whose functions have up to ${thousands(MAX_BYTES)} bytes of environment variables as JSON, all together ` +
      "(Lambda Developer Guide, Lambda quotas): shorten their rules, fields, join_lines or parser_fields, or index_history, which is in each",
    hcl`[for key, environment in ${expression} : ${given} if ${bytes("environment")} > ${MAX_BYTES}]`,
  );
}
