import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
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
  pipelineOutputs,
} from "../../modules";
import { type Fields, snakeCase } from "../../modules/inputs/schema";
import { installed, tools } from "../../registry/checks/tools";
import { addressesOf } from "../../registry/files/resources";
import { terraformDefault } from "../../registry/files/variables";
import { awsProviderRange, requiredVersion } from "../../registry/files/versions";
import { modulePipelineInputs } from "../../registry/inputs";
import { terraformExamples } from "../../registry/module";
import {
  synthesizeAccessLogs,
  synthesizeArchive,
  synthesizeArchiveQueries,
  synthesizeFirehoseS3,
  synthesizeFirehoseSearch,
  synthesizePipeline,
} from "../../registry/stack/synthesize";
import { REQUIRED_BY_ACCESS_LOGS } from "../support/rejected-access-logs";
import { REQUIRED_BY_FIREHOSE_S3, REQUIRED_BY_FIREHOSE_SEARCH } from "../support/rejected-firehose";
import { skippedUnless } from "../support/skipped";
import type { TerraformFolder } from "../support/terraform";
import { emittedModule, rootModule } from "./support/module";

jest.setTimeout(600_000);

const checkov = installed(tools.checkov);
const terraformDocs = installed(tools.terraformDocs);
const tflint = installed(tools.tflint);
const TOOLS = "npm run module:tools";

let emitted: TerraformFolder;

beforeAll(async () => {
  emitted = await emittedModule();
});

afterAll(() => emitted?.remove());

/** @returns stdout, also when the program finds something to complain about */
async function outputOf([program, ...first]: [string, ...string[]], ...rest: string[]): Promise<string> {
  const args = [...first, ...rest];
  // On a busy machine checkov's own 10 seconds do not suffice for the largest file, which it then leaves out.
  const env = { ...process.env, HCL_PARSE_TIMEOUT_SEC: "120" };
  const options = { env, maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)(program, args, options).catch((error) => error);
  return stdout;
}

interface CheckovReport {
  readonly summary: { readonly passed: number; readonly parsing_errors: number };
  readonly results: { readonly failed_checks: readonly { check_id: string; resource: string; file_path: string }[] };
}

async function checkovReport(...args: string[]): Promise<CheckovReport> {
  return JSON.parse(await outputOf(checkov!, "--output=json", "--quiet", "--skip-download", ...args));
}

const failuresIn = ({ results }: CheckovReport): string[] =>
  results.failed_checks.map(({ check_id, resource, file_path }) => `${check_id} ${resource} ${file_path}`);

skippedUnless(checkov, TOOLS).describe("checkov", () => {
  it("fails nothing in the module's configuration", async () => {
    const report = await checkovReport(
      "--framework=terraform",
      `--directory=${emitted.directory}`,
      "--skip-path=examples",
    );

    expect(failuresIn(report)).toEqual([]);
    expect(report.summary).toMatchObject({ parsing_errors: 0 });
    expect(report.summary.passed).toBeGreaterThan(100);
  });

  it.each([
    ["", { log_groups: { "/app/checkout": {} } }],
    ["modules/log-archive", {}],
    ["modules/archive-queries", {}],
    ["modules/access-logs", REQUIRED_BY_ACCESS_LOGS],
    ["modules/firehose-s3", REQUIRED_BY_FIREHOSE_S3],
    ["modules/firehose-search", REQUIRED_BY_FIREHOSE_SEARCH],
  ])('fails nothing in the plan of "%s"', async (folder, required) => {
    const root = await rootModule(folder);
    try {
      const plan = join(root.directory, "plan.json");
      await writeFile(plan, JSON.stringify(await root.plan(required)));

      const report = await checkovReport(
        "--framework=terraform_plan",
        `--file=${plan}`,
        `--repo-root-for-plan-enrichment=${root.directory}`,
      );

      expect(failuresIn(report)).toEqual([]);
      expect(report.summary.passed).toBeGreaterThan(5);
    } finally {
      await root.remove();
    }
  });
});

const escapeRegExp = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");

skippedUnless(terraformDocs, TOOLS).describe("terraform-docs", () => {
  it.each([
    ["", modulePipelineInputs, pipelineOutputs, synthesizePipeline],
    ["modules/log-archive", archiveInputs, archiveOutputs, synthesizeArchive],
    ["modules/archive-queries", archiveQueriesInputs, archiveQueriesOutputs, synthesizeArchiveQueries],
    ["modules/access-logs", accessLogsInputs, accessLogsOutputs, synthesizeAccessLogs],
    ["modules/firehose-s3", firehoseS3Inputs, firehoseS3Outputs, synthesizeFirehoseS3],
    ["modules/firehose-search", firehoseSearchInputs, firehoseSearchOutputs, synthesizeFirehoseSearch],
  ])('reads in "%s" what the generated tables say', async (folder, inputs: Fields, outputs, synthesize) => {
    const read = JSON.parse(await outputOf(terraformDocs!, "json", "--sort=false", join(emitted.directory, folder)));

    expect(read.inputs).toEqual(
      Object.entries(inputs).map(([name, { description, default: value }]) =>
        expect.objectContaining({
          name: snakeCase(name),
          description: expect.stringMatching(new RegExp(`^${escapeRegExp(description)}(\\n|$)`)),
          default: terraformDefault(value) ?? null,
          required: value === undefined,
        }),
      ),
    );
    expect(read.outputs).toEqual(
      Object.entries(outputs).map(([name, description]) => ({ name: snakeCase(name), description })),
    );
    expect(read.requirements).toEqual([
      { name: "terraform", version: requiredVersion },
      { name: "aws", version: awsProviderRange },
    ]);
    const managed = read.resources.filter(({ mode }: { mode: string }) => mode === "managed");
    expect(managed.map(({ type, name }: { type: string; name: string }) => `aws_${type}.${name}`).sort()).toEqual(
      addressesOf(synthesize()),
    );
  });
});

skippedUnless(tflint, TOOLS).describe("tflint", () => {
  it.each([
    "",
    "modules/log-archive",
    "modules/archive-queries",
    "modules/access-logs",
    "modules/firehose-s3",
    "modules/firehose-search",
    ...terraformExamples(),
  ])('finds nothing by all its rules in "%s"', async (folder) => {
    const configuration = join(emitted.directory, "tflint.hcl");
    await writeFile(configuration, 'plugin "terraform" {\n  enabled = true\n  preset  = "all"\n}\n');

    const output = await outputOf(
      tflint!,
      `--config=${configuration}`,
      `--chdir=${join(emitted.directory, folder)}`,
      "--format=json",
    );

    expect(JSON.parse(output)).toEqual({ issues: [], errors: [] });
  });
});
