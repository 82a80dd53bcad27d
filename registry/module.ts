import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { renderTables } from "../docs/tables/render";
import { tables } from "../docs/tables/tables";
import { archiveInputs, pipelineInputs } from "../modules";
import { outputsFile } from "./files/outputs";
import { requirementsTable, resourcesTable } from "./files/readme";
import { resourceFiles } from "./files/resources";
import { variablesFile } from "./files/variables";
import { versionsFile } from "./files/versions";
import { archiveLayout } from "./layout/archive";
import { pipelineLayout } from "./layout/pipeline";
import { synthesizeArchive, synthesizePipeline } from "./stack/synthesize";

const root = join(__dirname, "..");

/** What is written by hand, as it lies in the module but for the tables in its documents. */
const templates = join(__dirname, "module");
const examples = join(root, "examples");

/** Copied from the repository: their path there, and in the module. */
const copies = [
  ["LICENSE", "LICENSE"],
  ["CHANGELOG.md", "CHANGELOG.md"],
  ["dist/functions/forwarder.zip", "assets/forwarder.zip"],
] as const;

/**
 * Writes the module for the Terraform registry. The same sources give the same files.
 *
 * @param directory is replaced
 */
export function writeModule(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
  for (const [path, text] of [...generatedFiles(), ...writtenByHand()]) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  cpSync(examples, join(directory, "examples"), { recursive: true });
  for (const [source, target] of copies) {
    cpSync(join(root, source), join(directory, target));
  }
}

function generatedFiles(): [path: string, text: string][] {
  const pipeline = synthesizePipeline();
  const archive = synthesizeArchive();
  const archiveFiles: [string, string][] = [
    ...resourceFiles(archiveLayout, archive),
    ["variables.tf", variablesFile(archiveInputs, archive)],
    ["outputs.tf", outputsFile(archive)],
  ];
  const folders = ["", "modules/log-archive", ...readdirSync(examples).map((name) => `examples/${name}`)];
  return [
    ...resourceFiles(pipelineLayout, pipeline),
    ["variables.tf", variablesFile(pipelineInputs, pipeline)],
    ["outputs.tf", outputsFile(pipeline)],
    ...archiveFiles.map(([path, text]): [string, string] => [join("modules/log-archive", path), text]),
    ...folders.map((folder): [string, string] => [join(folder, "versions.tf"), versionsFile()]),
  ];
}

function writtenByHand(): [path: string, text: string][] {
  const all = {
    ...tables,
    requirements: requirementsTable,
    resources: () => resourcesTable(synthesizePipeline()),
    "log-archive-resources": () => resourcesTable(synthesizeArchive()),
  };
  return readdirSync(templates, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [relative(templates, path), renderTables(readFileSync(path, "utf8"), all)]);
}
