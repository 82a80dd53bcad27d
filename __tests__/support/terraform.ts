import { execFile } from "node:child_process";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { checkPrerequisites } from "../../local/start/prerequisites";
import { temporaryDirectory } from "../../tools/processes/temporary-directory";
import { account, region, sharedProviderEnvironment } from "./offline-aws";
import { stacksOfRun } from "./stacks-of-run";

const root = resolve(__dirname, "../..");

export { account, region };

/** A resource that a plan finds in the state. */
export interface StoredResource {
  readonly type: string;
  readonly name: string;
  /** Of an instance with `for_each` or `count`. */
  readonly index?: string | number;
  /** The address of the called module that has it, such as `module.pipeline`. @default the root module */
  readonly module?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** What other resources' policies quote, so that a plan knows them as if they had been made. */
export const keyAndRole: readonly StoredResource[] = [
  {
    type: "aws_kms_key",
    name: "this",
    index: 0,
    attributes: {
      id: "key",
      key_id: "key",
      arn: `arn:aws:kms:${region}:${account}:key/key`,
      customer_master_key_spec: "SYMMETRIC_DEFAULT",
      key_usage: "ENCRYPT_DECRYPT",
    },
  },
  {
    type: "aws_iam_role",
    name: "forwarder",
    index: 0,
    attributes: {
      id: `logging-pipeline-${region}-forwarder`,
      name: `logging-pipeline-${region}-forwarder`,
      path: "/",
      arn: `arn:aws:iam::${account}:role/logging-pipeline-${region}-forwarder`,
    },
  },
];

export interface PlannedResource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly change: {
    readonly actions: readonly string[];
    readonly after: Readonly<Record<string, unknown>>;
    readonly after_unknown: unknown;
  };
}

export interface PlannedOutput {
  readonly sensitive: boolean;
  /** Missing unless it is known before the apply. */
  readonly value?: unknown;
}

export interface StackPlan {
  readonly resource_changes: readonly PlannedResource[];
  readonly planned_values: { readonly outputs: Readonly<Record<string, PlannedOutput>> };
  /** Results of check blocks. */
  readonly checks?: readonly {
    readonly address: { readonly to_display: string };
    readonly instances?: readonly { readonly problems?: readonly { readonly message: string }[] }[];
  }[];
  /** The line that Terraform ends with: "Plan: 25 to add, 0 to change, 0 to destroy." */
  readonly summary: string;
}

/** A plan, or the part of it that a called module has. */
export type ModulePlan = Omit<StackPlan, "summary">;

/** An error of Terraform's. */
export interface PlanError {
  readonly message: string;
  /** The name of the called module that it is about, if it is about one. */
  readonly call: string | undefined;
}

/** The planned values at this address, as far as they are known before the apply. */
export function planned({ resource_changes }: ModulePlan, address: string): Readonly<Record<string, unknown>> {
  const resource = resource_changes.find((each) => each.address === address);
  if (resource === undefined) {
    throw new Error(`${address} is not in the plan`);
  }
  return resource.change.after;
}

/** How many resources a plan creates and so on, by action: what Terraform's summary says. */
export function changesIn({ resource_changes }: ModulePlan): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const action of resource_changes.flatMap(({ change }) => change.actions)) {
    if (action !== "read" && action !== "no-op") counts[action] = (counts[action] ?? 0) + 1;
  }
  return counts;
}

/** The names of the log groups that a plan makes. */
export const logGroupsIn = ({ resource_changes }: ModulePlan): unknown[] =>
  resource_changes.filter(({ type }) => type === "aws_cloudwatch_log_group").map(({ change }) => change.after.name);

/** The warnings of a check block, such as `check.shards`. */
export function warningsOf({ checks = [] }: ModulePlan, address: string): string[] {
  const { instances = [] } = checks.find((check) => check.address.to_display === address)!;
  return instances.flatMap(({ problems = [] }) => problems.map(({ message }) => message));
}

/** A synthesized stack in a folder of its own, initialized; its provider knows no AWS but a server on this machine. */
export interface SynthesizedStack {
  readonly directory: string;
  /** @throws Error with Terraform's output when it fails */
  plan(variables?: object, state?: readonly StoredResource[]): Promise<StackPlan>;
  /** Terraform's errors for these variables; none when it plans them. */
  errors(variables: object): Promise<PlanError[]>;
  /** Their messages. */
  rejections(variables: object): Promise<string[]>;
  /** Evaluates an expression in the stack. */
  evaluate(expression: string, variables: object): Promise<unknown>;
  validate(): Promise<string>;
  remove(): Promise<void>;
}

/** A folder of Terraform files that a test made. */
export interface TerraformFolder {
  readonly directory: string;
  remove(): Promise<void>;
}

/** The folders of all stacks of main.ts, by their names, for a test to change. */
export async function synthesizedStacks(): Promise<TerraformFolder> {
  const { path, remove } = await temporaryDirectory();
  await cp(await stacksOfRun(), path, { recursive: true });
  return { directory: path, remove };
}

/** The folder of one of them. */
export async function synthesizedFolder(name: string): Promise<TerraformFolder> {
  const { path, remove } = await temporaryDirectory();
  await cp(join(await stacksOfRun(), name), path, { recursive: true });
  return { directory: path, remove };
}

/** A stack of main.ts, synthesized and initialized. */
export async function synthesizedStack(name: string): Promise<SynthesizedStack> {
  const { directory, remove } = await synthesizedFolder(name);
  return initializedStack(directory, remove);
}

/**
 * @param directory of a stack that was synthesized already
 * @param environmentOf its Terraform commands. @default one whose provider the stacks of a test file share
 */
export async function initializedStack(
  directory: string,
  remove: () => Promise<void>,
  environmentOf = sharedProviderEnvironment,
): Promise<SynthesizedStack> {
  const env = await initialize(directory, environmentOf).catch(async (error) => {
    await remove();
    throw error;
  });
  const run = (...args: string[]) => execute("terraform", [`-chdir=${directory}`, ...args], env);

  async function planFor(variables: object, state: readonly StoredResource[], ...flags: string[]): Promise<string> {
    await writeFile(join(directory, "test.tfvars.json"), JSON.stringify(variables));
    await writeFile(join(directory, "terraform.tfstate"), JSON.stringify(stateOf(state)));
    return run("plan", "-input=false", "-no-color", "-refresh=false", "-var-file=test.tfvars.json", ...flags);
  }

  async function errors(variables: object): Promise<PlanError[]> {
    const output = await planFor(variables, [], "-json").catch((error: Error & { stdout: string }) => error.stdout);
    return output
      .split("\n")
      .filter((line) => line !== "")
      .map((line): { diagnostic?: Diagnostic } => JSON.parse(line))
      .flatMap(({ diagnostic }) => (diagnostic?.severity === "error" ? [diagnostic] : []))
      .map((diagnostic) => ({ message: messageOf(diagnostic), call: callOf(diagnostic) }));
  }

  return {
    directory,
    async plan(variables = {}, state = []) {
      const output = await planFor(variables, state, "-out=plan");
      const summary = output.split("\n").find((line) => /^(Plan:|No changes\.)/.test(line)) ?? "";
      return { ...JSON.parse(await run("show", "-json", "plan")), summary };
    },
    errors,
    rejections: async (variables) => (await errors(variables)).map(({ message }) => message),
    async evaluate(expression, variables) {
      await writeFile(join(directory, "test.tfvars.json"), JSON.stringify(variables));
      return evaluatedIn(directory, expression, env, "-var-file=test.tfvars.json");
    },
    validate: () => run("validate", "-no-color"),
    remove,
  };
}

/** Evaluates an expression that refers to nothing. */
export async function evaluated(expression: string): Promise<unknown> {
  const empty = await mkdtemp(join(tmpdir(), "console-"));
  try {
    return await evaluatedIn(empty, expression, { ...process.env, CHECKPOINT_DISABLE: "1" });
  } finally {
    await rm(empty, { recursive: true });
  }
}

async function evaluatedIn(directory: string, expression: string, env: NodeJS.ProcessEnv, ...flags: string[]) {
  const args = [`-chdir=${directory}`, "console", ...flags];
  const printed = await execute("terraform", args, env, `jsonencode(${expression})\n`);
  return JSON.parse(JSON.parse(printed)) as unknown;
}

async function initialize(
  directory: string,
  environmentOf: () => Promise<NodeJS.ProcessEnv>,
): Promise<NodeJS.ProcessEnv> {
  await checkPrerequisites(true);
  const environment = await environmentOf();
  await writeFile(join(directory, "override.tf.json"), JSON.stringify(offline));
  await execute("terraform", [`-chdir=${directory}`, "init", "-input=false", "-no-color"], environment);
  return environment;
}

/** As `terraform plan -json` prints it. */
interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail: string;
  /** Of a resource. */
  readonly address?: string;
  readonly range?: { readonly filename: string };
}

/** Without the sentence by which Terraform says where the rule stands. */
const messageOf = ({ summary, detail }: Diagnostic): string =>
  (detail || summary).split("\n\nThis was checked by the validation rule at ")[0]!;

/** By the resource, the file of a condition, or that of a variable, which Terraform names after the message. */
const callOf = ({ address, range, detail }: Diagnostic): string | undefined =>
  [address, range?.filename, detail]
    .map((text) => /(?:^module\.|\.terraform\/modules\/)(\w+)/.exec(text ?? "")?.[1])
    .find((call) => call !== undefined);

const offline = {
  terraform: { backend: { local: { path: "terraform.tfstate" } } },
  provider: {
    aws: {
      region,
      access_key: "none",
      secret_key: "none",
      skip_credentials_validation: true,
      skip_metadata_api_check: true,
      skip_requesting_account_id: true,
    },
  },
};

const stateOf = (resources: readonly StoredResource[]) => ({
  version: 4,
  terraform_version: "1.5.0",
  serial: 1,
  lineage: "test",
  resources: resources.map(({ type, name, index, module, attributes }) => ({
    mode: "managed",
    ...(module !== undefined && { module }),
    type,
    name,
    provider: 'provider["registry.terraform.io/hashicorp/aws"]',
    instances: [{ schema_version: 0, attributes, ...(index !== undefined && { index_key: index }) }],
  })),
});

const executeFile = promisify(execFile);

/** @throws Error with what the command printed */
async function execute(command: string, args: readonly string[], env: NodeJS.ProcessEnv, input = ""): Promise<string> {
  const running = executeFile(command, args, { cwd: root, env, maxBuffer: 256 * 1024 * 1024 });
  running.child.stdin?.end(input);
  try {
    return (await running).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    const said = (stderr || stdout).replaceAll(/(.{500}).+/g, "$1…");
    throw Object.assign(new Error(`${command} ${args.join(" ")}\n${said}`), { stdout });
  }
}
