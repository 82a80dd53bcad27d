import { App } from "cdktf";
import {
  AccessLogs,
  ArchiveQueries,
  accessLogsInputs,
  accessLogsOutputs,
  archiveInputs,
  archiveOutputs,
  archiveQueriesInputs,
  archiveQueriesOutputs,
  declareOutputs,
  FirehoseS3,
  FirehoseSearch,
  firehoseS3Inputs,
  firehoseS3Outputs,
  firehoseSearchInputs,
  firehoseSearchOutputs,
  LogArchive,
  LoggingPipeline,
  PlainAddressStack,
  pipelineOutputs,
} from "../../modules";
import { declareVariables } from "../../modules/inputs/variables";
import { modulePipelineInputs } from "../inputs";
import { writePoliciesAsDocuments } from "./policy-documents";

/** Blocks by type and name, as in Terraform's JSON syntax. */
export type Blocks = Readonly<Record<string, Readonly<Record<string, Body>>>>;
export type Body = Readonly<Record<string, unknown>>;

/** The declarations of a module. The caller configures provider and backend. */
export interface Synthesized {
  readonly data: Blocks;
  readonly locals: Readonly<Record<string, string>>;
  /** By name. */
  readonly check: Readonly<Record<string, Body>>;
  readonly resource: Blocks;
  readonly variable: Readonly<Record<string, Body>>;
  readonly output: Readonly<Record<string, Body>>;
}

export const synthesizePipeline = (): Synthesized =>
  synthesize((stack) => {
    const pipeline = new LoggingPipeline(stack, "Default", declareVariables(stack, modulePipelineInputs));
    declareOutputs(stack, pipelineOutputs, pipeline.outputs);
  });

export const synthesizeArchive = (): Synthesized =>
  synthesize((stack) => {
    const archive = new LogArchive(stack, "Default", declareVariables(stack, archiveInputs));
    declareOutputs(stack, archiveOutputs, archive.outputs);
  });

export const synthesizeArchiveQueries = (): Synthesized =>
  synthesize((stack) => {
    const queries = new ArchiveQueries(stack, "Default", declareVariables(stack, archiveQueriesInputs));
    declareOutputs(stack, archiveQueriesOutputs, queries.outputs);
  });

export const synthesizeAccessLogs = (): Synthesized =>
  synthesize((stack) => {
    const accessLogs = new AccessLogs(stack, "Default", declareVariables(stack, accessLogsInputs));
    declareOutputs(stack, accessLogsOutputs, accessLogs.outputs);
  });

export const synthesizeFirehoseS3 = (): Synthesized =>
  synthesize((stack) => {
    const firehose = new FirehoseS3(stack, "Default", declareVariables(stack, firehoseS3Inputs));
    declareOutputs(stack, firehoseS3Outputs, firehose.outputs);
  });

export const synthesizeFirehoseSearch = (): Synthesized =>
  synthesize((stack) => {
    const firehose = new FirehoseSearch(stack, "Default", declareVariables(stack, firehoseSearchInputs));
    declareOutputs(stack, firehoseSearchOutputs, firehose.outputs);
  });

function synthesize(fill: (stack: PlainAddressStack) => void): Synthesized {
  const stack = new PlainAddressStack(new App(), "module");
  fill(stack);
  writePoliciesAsDocuments(stack);
  return withoutUnusedData(withoutMetadata({ locals: {}, check: {}, ...stack.toTerraform() }) as Synthesized);
}

/** Every construct creates the same data sources; each module keeps those that it uses, or that have conditions. */
function withoutUnusedData(synthesized: Synthesized): Synthesized {
  const text = JSON.stringify(synthesized);
  const used = Object.entries(synthesized.data).map(([type, instances]) => [
    type,
    Object.fromEntries(
      Object.entries(instances).filter(
        ([name, body]) => "lifecycle" in body || [".", "["].some((end) => text.includes(`data.${type}.${name}${end}`)),
      ),
    ),
  ]);
  return { ...synthesized, data: Object.fromEntries(used) };
}

/** cdktf keeps metadata of each element under "//". */
function withoutMetadata(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutMetadata);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const entries = Object.entries(value).filter(([name]) => name !== "//");
  return Object.fromEntries(entries.map(([name, each]) => [name, withoutMetadata(each)]));
}
