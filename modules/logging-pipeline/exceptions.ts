import { TerraformLocal } from "cdktf";
import type { Construct } from "constructs";
import type { Values } from "../inputs/values";
import { type Expression, hcl, written } from "../terraform/expression";
import { sharedIndexVariables } from "./index-names";
import type { pipelineInputs } from "./inputs";
import type { Lanes } from "./lanes";
import { laneMessageVariables, metricsVariable } from "./messages";

type Inputs = Values<typeof pipelineInputs>;

/**
 * `LOG_GROUPS` of the functions of shared streams, by stream: for each log group whose events a stream may hold the variables in which
 * it differs from the function. Log groups that differ alike are in one entry.
 */
export function createExceptions(scope: Construct, inputs: Inputs, lanes: Lanes): Expression {
  const variablesOf = (value: string) => ({
    ...sharedIndexVariables(inputs, value),
    ...laneMessageVariables(value),
    METRICS: metricsVariable(value).string,
  });
  const ofStreams = hcl`{ for key, stream in ${lanes.streamsByName} : key => ${variablesOf("stream")} }`;
  const { expression: streams } = new TerraformLocal(scope, "stream_variables", ofStreams);
  const differing = hcl`{ for name, value in ${variablesOf("group")} : name => value if value != own[name] }`;
  const names = hcl`{ for key, group in ${lanes.groupsByName} : jsonencode(${differing}) => key... if ${mayBeIn(inputs, "stream")} }`;
  const entries = hcl`[for variables, names in ${names} : merge({ names = names }, jsondecode(variables)) if variables != "{}"]`;
  const { expression } = new TerraformLocal(
    scope,
    "log_group_exceptions",
    hcl`{ for stream, own in ${streams} : stream => ${entries} }`,
  );
  return hcl`${expression}`;
}

/** Whether the stream of this name may hold events of `group`, or of a log group of its name in another account. */
const mayBeIn = ({ logDestination }: Inputs, stream: string): Expression =>
  hcl`${written(`group.stream == ${stream} || group.previous_stream == ${stream}`)} || ${logDestination.stream} == ${written(stream)}`;
