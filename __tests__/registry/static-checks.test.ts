import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { installed, tools } from "../../registry/checks/tools";
import { type EmittedModule, emittedModule, rootModule } from "./support/module";

jest.setTimeout(600_000);

const checkov = installed(tools.checkov);
const tflint = installed(tools.tflint);
const NOT_INSTALLED = " (not installed: npm run module:tools)";

let emitted: EmittedModule;

beforeAll(async () => {
  emitted = await emittedModule();
});

afterAll(() => emitted?.remove());

/** @returns stdout, also when the program finds something to complain about */
async function outputOf([program, ...first]: [string, ...string[]], ...rest: string[]): Promise<string> {
  const args = [...first, ...rest];
  const { stdout } = await promisify(execFile)(program, args, { maxBuffer: 64 * 1024 * 1024 }).catch((error) => error);
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

(checkov ? describe : describe.skip)(`checkov${checkov ? "" : NOT_INSTALLED}`, () => {
  test("fails nothing in the module's configuration", async () => {
    const report = await checkovReport(
      "--framework=terraform",
      `--directory=${emitted.directory}`,
      "--skip-path=examples",
    );

    expect(failuresIn(report)).toEqual([]);
    expect(report.summary).toMatchObject({ parsing_errors: 0 });
    expect(report.summary.passed).toBeGreaterThan(100);
  });

  test.each(["", "modules/log-archive"])('fails nothing in the plan of "%s"', async (folder) => {
    const root = await rootModule(folder);
    try {
      const plan = join(root.directory, "plan.json");
      await writeFile(plan, JSON.stringify(await root.plan()));

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

(tflint ? describe : describe.skip)(`tflint${tflint ? "" : NOT_INSTALLED}`, () => {
  const examples = readdirSync(join(__dirname, "../../examples")).map((name) => `examples/${name}`);

  test.each(["", "modules/log-archive", ...examples])('finds nothing by all its rules in "%s"', async (folder) => {
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
