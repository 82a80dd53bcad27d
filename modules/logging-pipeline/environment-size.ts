import type { Precondition } from "cdktf";
import { environmentsFit, LONGEST_BUCKET } from "../aws/environment-size";
import { hcl } from "../terraform/expression";
import type { Context } from "./context";
import { functionEnvironment } from "./function-environment";
import type { Lanes } from "./lanes";

/** Of a domain that is to be made. */
const ENDPOINT = "https://search-%s-abcdefghijklmnopqrstuvwxyz.ap-southeast-1.es.amazonaws.com";

/** Violated by log groups whose functions would have more variables than Lambda takes. */
export function laneEnvironmentsFit({ scope, inputs }: Context, lanes: Lanes): Precondition {
  const { name, searchEndpoint } = inputs;
  const ofDomain = hcl`format(${ENDPOINT}, ${name})`;
  const environment = functionEnvironment(
    inputs,
    { key: "key", value: "lane" },
    {
      searchEndpoint: hcl`${searchEndpoint} == null ? ${ofDomain} : ${searchEndpoint}`.string,
      archiveBucket: LONGEST_BUCKET,
    },
  );
  return environmentsFit(scope, {
    environments: hcl`{ for key, lane in ${lanes.byKey} : key => ${environment} }`,
    key: "log_group",
    path: "log_groups",
    subject: "log groups whose functions have",
    advice: "their rules, fields, join_lines or parser_fields, or index_history, which is in each",
  });
}
