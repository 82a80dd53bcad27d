import { ERROR_CODES } from "../../core/errors";
import { ACCESS_LOGS_METRICS } from "../../core/metrics/access-logs";
import { ARCHIVE_COMPACTION_METRICS } from "../../core/metrics/archive-compaction";
import { AUDIT_METRICS } from "../../core/metrics/audit";
import { FIREHOSE_TRANSFORM_METRICS } from "../../core/metrics/firehose-transform";
import { METRICS } from "../../core/metrics/forwarder";
import { INDEX_CLEANUP_METRICS } from "../../core/metrics/index-cleanup";
import type { MetricDefinition } from "../../core/metrics/metric-definition";
import { ACCESS_LOGS_ENVIRONMENT } from "../../core/settings/access-logs";
import { ARCHIVE_COMPACTION_ENVIRONMENT } from "../../core/settings/archive-compaction";
import { AUDIT_ENVIRONMENT } from "../../core/settings/audit";
import { ENVIRONMENT } from "../../core/settings/environment";
import { FIREHOSE_TRANSFORM_ENVIRONMENT } from "../../core/settings/firehose-transform";
import { INDEX_CLEANUP_ENVIRONMENT } from "../../core/settings/index-cleanup";
import type { Variable } from "../../core/settings/variable";
import { DOCTOR_CHECKS } from "../../doctor/check-table";
import {
  accessLogsInputs,
  accessLogsOutputs,
  archiveInputs,
  archiveOutputs,
  archiveQueriesInputs,
  archiveQueriesOutputs,
  firehoseS3Inputs,
  firehoseS3Outputs,
  firehoseSearchInputs,
  firehoseSearchOutputs,
  pipelineInputs,
  pipelineOutputs,
} from "../../modules";
import { snakeCase } from "../../modules/inputs/schema";
import { SIZING_RULES } from "../../sizing/rules";
import { code, markdownTable } from "../../tools/text/markdown-table";
import { applicationCostsTable } from "./application-costs";
import { athenaStatements } from "./athena";
import { inputsInFullTable, inputsTable } from "./inputs";
import { logGroupCostPartsTable, logGroupCostsTable } from "./log-group-costs";
import { outcomeTables } from "./outcomes";
import { parserCostsTable, parsersTable } from "./parsers";
import { priceNamesTable, priceRegionsTable } from "./price-lists";
import { publishedCostsTable } from "./published-costs";

const outputsTable = (outputs: Readonly<Record<string, string>>): string =>
  markdownTable(
    ["Output", "Description"],
    Object.entries(outputs).map(([name, description]) => [code(snakeCase(name)), description]),
  );

const environmentTable = (variables: Readonly<Record<string, Variable<unknown>>>): string =>
  markdownTable(
    ["Variable", "Default", "Description", "Allowed"],
    Object.entries(variables).map(([name, variable]) => [
      code(name),
      variable.default !== undefined ? code(variable.default) : "required",
      variable.meaning,
      variable.allowed,
    ]),
  );

const metricsTable = (metrics: Readonly<Record<string, MetricDefinition>>): string =>
  markdownTable(
    ["Field", "Unit", "Meaning"],
    Object.entries(metrics).map(([name, { unit, meaning }]) => [code(name), unit, meaning]),
  );

const errorsTable = (): string =>
  markdownTable(
    ["Code", "Retryable", "Meaning", "What to do"],
    Object.entries(ERROR_CODES).map(([name, { retryable, meaning, remedy }]) => [
      `[${code(name)}](troubleshooting.md#${name.toLowerCase()})`,
      retryable ? "yes" : "no",
      meaning,
      remedy,
    ]),
  );

const doctorChecksTable = (): string =>
  markdownTable(
    ["Check", "Asks", "Needs", "Finds", "Cause", "Command"],
    Object.entries(DOCTOR_CHECKS).map(([name, { asks, needs, finds, cause, mend }]) => [
      code(name),
      asks,
      needs.split(", ").map(code).join(", "),
      finds,
      cause,
      code(mend),
    ]),
  );

const sizingRulesTable = (): string =>
  markdownTable(
    ["Rule", "Source"],
    Object.values(SIZING_RULES).map(({ rule, source }) => [rule, source]),
  );

/** The tables between `<!-- table:NAME -->` and `<!-- /table -->` in README.md and docs/, by NAME. */
export const tables: Readonly<Record<string, () => string>> = {
  inputs: () => inputsTable(pipelineInputs),
  "inputs-in-full": () => inputsInFullTable(pipelineInputs),
  outputs: () => outputsTable(pipelineOutputs),
  "log-archive-inputs": () => inputsInFullTable(archiveInputs),
  "log-archive-outputs": () => outputsTable(archiveOutputs),
  "athena-statements": athenaStatements,
  "archive-queries-inputs": () => inputsInFullTable(archiveQueriesInputs),
  "archive-queries-outputs": () => outputsTable(archiveQueriesOutputs),
  "access-logs-inputs": () => inputsInFullTable(accessLogsInputs),
  "access-logs-outputs": () => outputsTable(accessLogsOutputs),
  "firehose-s3-inputs": () => inputsInFullTable(firehoseS3Inputs),
  "firehose-s3-outputs": () => outputsTable(firehoseS3Outputs),
  "firehose-search-inputs": () => inputsInFullTable(firehoseSearchInputs),
  "firehose-search-outputs": () => outputsTable(firehoseSearchOutputs),
  environment: () => environmentTable(ENVIRONMENT),
  metrics: () => metricsTable(METRICS),
  "access-logs-environment": () => environmentTable(ACCESS_LOGS_ENVIRONMENT),
  "access-logs-metrics": () => metricsTable(ACCESS_LOGS_METRICS),
  "firehose-transform-environment": () => environmentTable(FIREHOSE_TRANSFORM_ENVIRONMENT),
  "firehose-transform-metrics": () => metricsTable(FIREHOSE_TRANSFORM_METRICS),
  "archive-compaction-environment": () => environmentTable(ARCHIVE_COMPACTION_ENVIRONMENT),
  "archive-compaction-metrics": () => metricsTable(ARCHIVE_COMPACTION_METRICS),
  "audit-environment": () => environmentTable(AUDIT_ENVIRONMENT),
  "audit-metrics": () => metricsTable(AUDIT_METRICS),
  "index-cleanup-environment": () => environmentTable(INDEX_CLEANUP_ENVIRONMENT),
  "index-cleanup-metrics": () => metricsTable(INDEX_CLEANUP_METRICS),
  errors: errorsTable,
  parsers: parsersTable,
  "parser-costs": parserCostsTable,
  "application-costs": applicationCostsTable,
  "log-group-costs": logGroupCostsTable,
  "log-group-cost-parts": logGroupCostPartsTable,
  "doctor-checks": doctorChecksTable,
  "sizing-rules": sizingRulesTable,
  "price-regions": priceRegionsTable,
  "published-costs": publishedCostsTable,
  "price-names": priceNamesTable,
  ...outcomeTables,
};
