import type { Values } from "../inputs/values";
import { type Expression, hcl } from "../terraform/expression";
import type { pipelineInputs } from "./inputs";

/** The CloudWatch namespace of all functions of a pipeline; "": no metrics. */
export const metricsNamespace = ({ metricsNamespace, name }: Values<typeof pipelineInputs>): Expression =>
  hcl`${metricsNamespace} == null ? ${name} : ${metricsNamespace}`;
