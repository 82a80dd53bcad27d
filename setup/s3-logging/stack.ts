import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { overrideProvider } from "../../local/terraform/override";
import { terraformEnvironment } from "../../local/terraform/provider-mirror";
import { isolatedEnvironment } from "../../local/terraform/stack";
import { synthesize } from "../../local/terraform/synthesize";
import { packageName } from "../../tools/installation";
import { run } from "../../tools/processes/process";

const STACK = "firehose-s3";
const PLAN = "s3-logging.tfplan";

export interface LoggingStackOptions {
  /** Where the stacks are synthesized to. */
  readonly directory: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Of the local pipeline; undefined: AWS. */
  readonly emulatorUrl: string | undefined;
  /** File of Terraform's state: the same one changes what an earlier run set up. */
  readonly stateFile: string;
}

/** The stack firehose-s3 with its variables. Each method throws a ProcessError with Terraform's last lines. */
export interface LoggingStack {
  readonly directory: string;
  /** @returns Terraform's plan, for a person; and whether it changes anything */
  plan(): Promise<{ text: string; hasChanges: boolean }>;
  /** Applies the plan that was shown. */
  apply(): Promise<void>;
  outputs(): Promise<Readonly<Record<string, string>>>;
}

/** Synthesizes and initializes the stack. @throws ProcessError */
export async function loggingStack({
  directory,
  variables,
  emulatorUrl,
  stateFile,
}: LoggingStackOptions): Promise<LoggingStack> {
  await (packageName === undefined
    ? synthesize(directory)
    : cp(join(__dirname, "stacks"), join(directory, "stacks"), { recursive: true }));
  const stack = join(directory, "stacks", STACK);
  if (emulatorUrl !== undefined) await overrideProvider(stack, emulatorUrl);
  // Read after override.tf.json: the last one counts.
  const backend = { terraform: { backend: { local: { path: stateFile } } } };
  await writeFile(join(stack, "state_override.tf.json"), JSON.stringify(backend));
  await writeFile(join(stack, "s3-logging.auto.tfvars.json"), JSON.stringify(variables, undefined, 2));
  const environment = emulatorUrl === undefined ? await callersEnvironment() : await isolatedEnvironment();
  const terraform = (command: string, ...args: string[]) =>
    run("terraform", [`-chdir=${stack}`, command, "-no-color", ...args], { env: environment });
  await terraform("init", "-input=false");
  return {
    directory: stack,
    async plan() {
      const text = await terraform("plan", "-input=false", `-out=${PLAN}`);
      // Terraform's notes on the saved plan follow a line.
      return { text: text.split(/\n─{20,}/)[0]!.trim(), hasChanges: !/^No changes\./m.test(text) };
    },
    async apply() {
      await terraform("apply", "-input=false", PLAN);
    },
    async outputs() {
      const outputs = JSON.parse(await terraform("output", "-json")) as Record<string, { value: string }>;
      return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
    },
  };
}

/** The caller's credentials and region, without variables of other stacks. */
async function callersEnvironment(): Promise<NodeJS.ProcessEnv> {
  // A clone has the provider in its cache; whoever has the package gets it as Terraform is configured.
  const own = Object.entries(packageName === undefined ? await terraformEnvironment() : process.env);
  return Object.fromEntries(own.filter(([name]) => !/^TF_(VAR|WORKSPACE|CLI_ARGS)/.test(name)));
}
