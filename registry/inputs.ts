import { pipelineInputs } from "../modules";
import { required } from "../modules/inputs/schema";

const { schema, description } = pipelineInputs.logGroups;

/** The pipeline's inputs in the registry module. It demands log groups: foo, bar and baz are for trying the CDKTF app. */
export const modulePipelineInputs = { ...pipelineInputs, logGroups: required(schema, description) };
