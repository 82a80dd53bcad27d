import {
  accessLogsInputs,
  archiveInputs,
  archiveQueriesInputs,
  firehoseS3Inputs,
  firehoseSearchInputs,
} from "../modules";
import type { Fields } from "../modules/inputs/schema";
import { modulePipelineInputs } from "./inputs";
import { accessLogsLayout } from "./layout/access-logs";
import { archiveQueriesLayout } from "./layout/archive-queries";
import type { FileLayout } from "./layout/file";
import { firehoseS3Layout } from "./layout/firehose-s3";
import { firehoseSearchLayout } from "./layout/firehose-search";
import { archiveLayout } from "./layout/log-archive";
import { pipelineLayout } from "./layout/logging-pipeline";
import {
  type Synthesized,
  synthesizeAccessLogs,
  synthesizeArchive,
  synthesizeArchiveQueries,
  synthesizeFirehoseS3,
  synthesizeFirehoseSearch,
  synthesizePipeline,
} from "./stack/synthesize";

/** A construct as it is emitted: a Terraform module in a folder of its own. */
export interface EmittedConstruct {
  /** Relative to the registry module; "" is the root module. */
  readonly folder: string;
  readonly inputs: Fields;
  readonly layout: readonly FileLayout[];
  /** Name of the table of its inputs in its README. */
  readonly inputsTable: string;
  /** The same of its resources. */
  readonly resourcesTable: string;
  synthesize(): Synthesized;
}

export const emittedConstructs: readonly EmittedConstruct[] = [
  {
    folder: "",
    inputs: modulePipelineInputs,
    layout: pipelineLayout,
    inputsTable: "inputs-in-full",
    resourcesTable: "resources",
    synthesize: synthesizePipeline,
  },
  {
    folder: "modules/log-archive",
    inputs: archiveInputs,
    layout: archiveLayout,
    inputsTable: "log-archive-inputs",
    resourcesTable: "log-archive-resources",
    synthesize: synthesizeArchive,
  },
  {
    folder: "modules/archive-queries",
    inputs: archiveQueriesInputs,
    layout: archiveQueriesLayout,
    inputsTable: "archive-queries-inputs",
    resourcesTable: "archive-queries-resources",
    synthesize: synthesizeArchiveQueries,
  },
  {
    folder: "modules/access-logs",
    inputs: accessLogsInputs,
    layout: accessLogsLayout,
    inputsTable: "access-logs-inputs",
    resourcesTable: "access-logs-resources",
    synthesize: synthesizeAccessLogs,
  },
  {
    folder: "modules/firehose-s3",
    inputs: firehoseS3Inputs,
    layout: firehoseS3Layout,
    inputsTable: "firehose-s3-inputs",
    resourcesTable: "firehose-s3-resources",
    synthesize: synthesizeFirehoseS3,
  },
  {
    folder: "modules/firehose-search",
    inputs: firehoseSearchInputs,
    layout: firehoseSearchLayout,
    inputsTable: "firehose-search-inputs",
    resourcesTable: "firehose-search-resources",
    synthesize: synthesizeFirehoseSearch,
  },
];
