import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ProcessError, run } from "../../tools/processes/process";
import { ApplyOutput, type ApplyProgress } from "./apply-output";
import { terraformEnvironment } from "./provider-mirror";

/** A synthesized stack and the Terraform commands for it. Each method throws a ProcessError with Terraform's last lines. */
export interface TerraformStack {
  readonly directory: string;
  /** Sets variables for later commands, from any terminal. */
  setVariables(variables: Readonly<Record<string, unknown>>): Promise<void>;
  init(): Promise<void>;
  /** @returns its summary line, such as `Plan: 25 to add, 0 to change, 0 to destroy.` or `No changes. …` */
  plan(): Promise<string>;
  /** The last plan as JSON: what `terraform show -json` prints. */
  showPlan(): Promise<string>;
  apply(onProgress?: (progress: ApplyProgress) => void): Promise<void>;
  /** The outputs of the last apply. */
  outputs(): Promise<Readonly<Record<string, unknown>>>;
  /** Copies the stack, with its variables and state, to another directory. */
  copyTo(directory: string): Promise<TerraformStack>;
}

/** In the stack's directory. */
const PLAN = "plan.tfplan";

/** Returns the stack in this directory. */
export function stackIn(directory: string): TerraformStack {
  const terraform = async (command: string, args: string[], onLine: (line: string) => void = () => {}) =>
    run("terraform", [`-chdir=${directory}`, command, "-no-color", ...args], {
      env: await isolatedEnvironment(),
      onLine,
    });
  return {
    directory,
    async setVariables(variables) {
      await writeFile(join(directory, "local.auto.tfvars.json"), JSON.stringify(variables, undefined, 2));
    },
    async init() {
      await terraform("init", ["-input=false"]);
    },
    async plan() {
      return summary(await terraform("plan", ["-input=false", `-out=${PLAN}`]));
    },
    showPlan: () => terraform("show", ["-json", PLAN]),
    async apply(onProgress = () => {}) {
      const output = new ApplyOutput(onProgress);
      const args = ["-json", "-input=false", "-auto-approve", `-parallelism=${PARALLELISM}`];
      await terraform("apply", args, output.read).catch((error: ProcessError) => {
        throw output.errors ? new ProcessError(`terraform -chdir=${directory} apply`, "failed", output.errors) : error;
      });
    },
    async outputs() {
      const outputs = JSON.parse(await terraform("output", ["-json"])) as Record<string, { value: unknown }>;
      return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
    },
    async copyTo(copy) {
      await cp(directory, copy, { recursive: true, verbatimSymlinks: true });
      return stackIn(copy);
    },
  };
}

/** Most of an apply is the provider's waiting, so all independent resources are created at once. */
const PARALLELISM = 30;

/** Returns the summary line of `terraform plan`. @throws Error for output without one */
export function summary(planOutput: string): string {
  const line = /^(Plan: .+|No changes\..*|Changes to Outputs:)$/m.exec(planOutput)?.[0];
  if (!line) throw new Error(`terraform plan printed no summary:\n${planOutput}`);
  return line;
}

/** Returns the environment without the user's own AWS_ and TF_ variables, which are for other accounts and projects. */
export async function isolatedEnvironment(): Promise<NodeJS.ProcessEnv> {
  const kept = ["TF_CLI_CONFIG_FILE", "TF_PLUGIN_CACHE_DIR"];
  const own = Object.entries(await terraformEnvironment());
  const isolated = own.filter(([name]) => kept.includes(name) || !/^(AWS|TF)_/.test(name));
  return Object.fromEntries(isolated);
}
