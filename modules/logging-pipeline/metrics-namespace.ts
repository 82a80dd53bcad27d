import type { Values } from "../inputs/values";
import { type Expression, hcl } from "../terraform/expression";
import type { pipelineInputs } from "./inputs";

type Inputs = Pick<Values<typeof pipelineInputs>, "metricsNamespace" | "name">;

/** The CloudWatch namespace of all functions of a pipeline; "": no metrics. */
export const metricsNamespace = ({ metricsNamespace, name }: Inputs): Expression =>
  hcl`${metricsNamespace} == null ? ${name} : ${metricsNamespace}`;
