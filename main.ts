import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, type TerraformStack } from "cdktf";
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
  declareVariables,
  FirehoseS3,
  FirehoseSearch,
  firehoseS3Inputs,
  firehoseS3Outputs,
  firehoseSearchInputs,
  firehoseSearchOutputs,
  LogArchive,
  LoggingPipeline,
  PlainAddressStack,
  pipelineInputs,
  pipelineOutputs,
} from "./modules";

const app = new App();

// A stack of its own: destroying the pipeline cannot touch the data.
const archiveStack = new PlainAddressStack(app, "log-archive");
configure(archiveStack);
const archive = new LogArchive(archiveStack, "Default", declareVariables(archiveStack, archiveInputs));
declareOutputs(archiveStack, archiveOutputs, archive.outputs);

const pipelineStack = new PlainAddressStack(app, "logging-pipeline");
configure(pipelineStack);
const pipeline = new LoggingPipeline(pipelineStack, "Default", declareVariables(pipelineStack, pipelineInputs));
declareOutputs(pipelineStack, pipelineOutputs, pipeline.outputs);

// Opt-in: it reads the archive, and the pipeline does not need it.
const queriesStack = new PlainAddressStack(app, "archive-queries");
configure(queriesStack);
const queries = new ArchiveQueries(queriesStack, "Default", declareVariables(queriesStack, archiveQueriesInputs));
declareOutputs(queriesStack, archiveQueriesOutputs, queries.outputs);

// Opt-in: it has inputs without a default, and the pipeline does not need it.
const accessLogsStack = new PlainAddressStack(app, "access-logs");
configure(accessLogsStack);
const accessLogs = new AccessLogs(accessLogsStack, "Default", declareVariables(accessLogsStack, accessLogsInputs));
declareOutputs(accessLogsStack, accessLogsOutputs, accessLogs.outputs);

// Opt-in, too: for what applications write, without the promises of the forwarder.
const firehoseSearchStack = new PlainAddressStack(app, "firehose-search");
configure(firehoseSearchStack);
const firehoseSearch = new FirehoseSearch(
  firehoseSearchStack,
  "Default",
  declareVariables(firehoseSearchStack, firehoseSearchInputs),
);
declareOutputs(firehoseSearchStack, firehoseSearchOutputs, firehoseSearch.outputs);

const firehoseS3Stack = new PlainAddressStack(app, "firehose-s3");
configure(firehoseS3Stack);
const firehoseS3 = new FirehoseS3(firehoseS3Stack, "Default", declareVariables(firehoseS3Stack, firehoseS3Inputs));
declareOutputs(firehoseS3Stack, firehoseS3Outputs, firehoseS3.outputs);

app.synth();

/** Region and credentials come from the usual sources of the provider: AWS_REGION, AWS_PROFILE, … */
function configure(stack: TerraformStack): void {
  new AwsProvider(stack, "aws");
  stack.addOverride("terraform.required_version", ">= 1.5");
  // In the folder of main.ts, relative to cdktf.out/stacks/<stack>, so that it survives the deletion of cdktf.out. For a
  // shared state use an S3Backend, as docs/terraform.md shows.
  new LocalBackend(stack, { path: `../../../terraform.${stack.node.id}.tfstate` });
}
