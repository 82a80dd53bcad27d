import type { Precondition } from "cdktf";
import { environmentsFit, LONGEST_BUCKET } from "../aws/environment-size";
import { type Expression, hcl } from "../terraform/expression";
import type { Context } from "./context";
import { functionEnvironment } from "./function-environment";
import type { Lanes } from "./lanes";

/** Of a domain that is to be made. */
const ENDPOINT = "https://search-%s-abcdefghijklmnopqrstuvwxyz.ap-southeast-1.es.amazonaws.com";

/** Violated by log groups and streams whose functions would have more variables than Lambda takes. */
export function laneEnvironmentsFit({ scope, inputs }: Context, lanes: Lanes, exceptions: Expression): Precondition {
  const { name, searchEndpoint } = inputs;
  const ofDomain = hcl`format(${ENDPOINT}, ${name})`;
  const environment = functionEnvironment(
    inputs,
    { key: "key", value: "lane" },
    {
      exceptions,
      searchEndpoint: hcl`${searchEndpoint} == null ? ${ofDomain} : ${searchEndpoint}`.string,
      archiveBucket: LONGEST_BUCKET,
    },
  );
  return environmentsFit(scope, {
    environments: hcl`{ for key, lane in ${lanes.byKey} : key => ${environment} }`,
    key: "lane",
    path: "log_groups",
    subject: "log groups and streams whose functions have",
    advice:
      "their rules, metrics, fields, join_lines or parser_fields, or index_history, which is in each. " +
      "LOG_GROUPS names the log groups in which a stream's function differs: set in streams what most of them have, " +
      "in place of index use default_index, or give those that differ another stream; that of log_destination is told of all, as other accounts may have log groups of their names",
  });
}
