import { ERROR_CODES } from "../../core/errors";
import { METRICS } from "../../core/metrics/forwarder";
import { ENVIRONMENT } from "../../core/settings/environment";
import { archiveInputs, archiveOutputs, pipelineInputs, pipelineOutputs } from "../../modules";
import { snakeCase } from "../../modules/inputs/schema";
import { code, markdownTable } from "../../tools/text/markdown-table";
import { inputsInFullTable, inputsTable } from "./inputs";
import { outcomeTables } from "./outcomes";

const outputsTable = (outputs: Readonly<Record<string, string>>): string =>
  markdownTable(
    ["Output", "Description"],
    Object.entries(outputs).map(([name, description]) => [code(snakeCase(name)), description]),
  );

const environmentTable = (): string =>
  markdownTable(
    ["Variable", "Default", "Description", "Allowed"],
    Object.entries(ENVIRONMENT).map(([name, variable]) => [
      code(name),
      "default" in variable ? code(variable.default) : "required",
      variable.description,
      variable.allowed,
    ]),
  );

const metricsTable = (): string =>
  markdownTable(
    ["Field", "Unit", "Meaning"],
    Object.entries(METRICS).map(([name, [unit, meaning]]) => [code(name), unit, meaning]),
  );

const errorsTable = (): string =>
  markdownTable(
    ["Code", "Retryable", "Meaning", "What to do"],
    Object.entries(ERROR_CODES).map(([name, { retryable, meaning, advice }]) => [
      `[${code(name)}](troubleshooting.md#${name.toLowerCase()})`,
      retryable ? "yes" : "no",
      meaning,
      advice,
    ]),
  );

/** The tables between `<!-- table:NAME -->` and `<!-- /table -->` in README.md and docs/, by NAME. */
export const tables: Readonly<Record<string, () => string>> = {
  inputs: () => inputsTable(pipelineInputs),
  "inputs-in-full": () => inputsInFullTable(pipelineInputs),
  outputs: () => outputsTable(pipelineOutputs),
  "log-archive-inputs": () => inputsInFullTable(archiveInputs),
  "log-archive-outputs": () => outputsTable(archiveOutputs),
  environment: environmentTable,
  metrics: metricsTable,
  errors: errorsTable,
  ...outcomeTables,
};
