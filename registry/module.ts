import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { renderTables } from "../docs/tables/render";
import { tables } from "../docs/tables/tables";
import { type EmittedConstruct, emittedConstructs } from "./constructs";
import { outputsFile } from "./files/outputs";
import { inputsSections, requirementsTable, resourcesTable, zipsTable } from "./files/readme";
import { resourceFiles } from "./files/resources";
import { variablesFile } from "./files/variables";
import { versionsFile } from "./files/versions";

const root = join(__dirname, "..");

/** The files written by hand. Emission only fills the tables in them. */
const templates = join(__dirname, "module");
const examples = join(root, "examples");

/** Copied from the repository: their path there, and in the module. */
const copies = [
  ["LICENSE", "LICENSE"],
  ["CHANGELOG.md", "CHANGELOG.md"],
  ["dist/functions/forwarder.zip", "assets/forwarder.zip"],
  ["dist/functions/index-cleanup.zip", "assets/index-cleanup.zip"],
  ["dist/functions/archive-compaction.zip", "assets/archive-compaction.zip"],
  ["dist/functions/audit.zip", "assets/audit.zip"],
  ["dist/functions/access-logs.zip", "modules/access-logs/assets/access-logs.zip"],
  ["dist/functions/firehose-transform.zip", "modules/firehose-search/assets/firehose-transform.zip"],
] as const;

/**
 * Writes the module for the Terraform registry. The same sources give the same files.
 *
 * @param directory is replaced if it exists
 */
export function writeModule(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
  for (const [path, text] of [...generatedFiles(), ...writtenByHand()]) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  for (const example of terraformExamples()) {
    cpSync(join(root, example), join(directory, example), { recursive: true });
  }
  for (const [source, target] of copies) {
    cpSync(join(root, source), join(directory, target));
  }
}

/** The folders in examples/ that hold Terraform; the others are programs, which the registry has no place for. */
export function terraformExamples(): string[] {
  const names = readdirSync(examples).filter((name) => existsSync(join(examples, name, "main.tf")));
  return names.map((name) => `examples/${name}`);
}

function generatedFiles(): [path: string, text: string][] {
  const folders = [...emittedConstructs.map(({ folder }) => folder), ...terraformExamples()];
  return [
    ...emittedConstructs.flatMap(constructFiles),
    ...folders.map((folder): [string, string] => [join(folder, "versions.tf"), versionsFile()]),
  ];
}

function constructFiles({ folder, inputs, layout, synthesize }: EmittedConstruct): [path: string, text: string][] {
  const synthesized = synthesize();
  const files: [string, string][] = [
    ...resourceFiles(layout, synthesized),
    ["variables.tf", variablesFile(inputs, synthesized)],
    ["outputs.tf", outputsFile(synthesized)],
  ];
  return files.map(([path, text]) => [join(folder, path), text]);
}

function writtenByHand(): [path: string, text: string][] {
  const resourcesTables = emittedConstructs.map(({ resourcesTable: name, synthesize }) => [
    name,
    () => resourcesTable(synthesize()),
  ]);
  const inputsTables = emittedConstructs.map(({ inputsTable: name, inputs }) => [name, () => inputsSections(inputs)]);
  const own = Object.fromEntries([...resourcesTables, ...inputsTables]);
  const zips = copies
    .filter(([source]) => source.endsWith(".zip"))
    .map(([from, to]) => [join(root, from), to] as const);
  const all = { ...tables, requirements: requirementsTable, zips: () => zipsTable(zips), ...own };
  return readdirSync(templates, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [relative(templates, path), renderTables(readFileSync(path, "utf8"), all)]);
}
