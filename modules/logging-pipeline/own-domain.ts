import type { Values } from "../inputs/values";
import { type Expression, hcl } from "../terraform/expression";
import type { pipelineInputs } from "./inputs";

/** Whether the pipeline makes a search domain: it has neither an endpoint nor a stream to deliver to. */
export const makesDomain = ({
  searchEndpoint,
  targetStreamArn,
}: Pick<Values<typeof pipelineInputs>, "searchEndpoint" | "targetStreamArn">): Expression =>
  hcl`${searchEndpoint} == null && ${targetStreamArn} == null`;
