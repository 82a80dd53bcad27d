import { copyFile, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { ListStreamsCommand } from "@aws-sdk/client-kinesis";
import { ListEventSourceMappingsCommand, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { emulatedAccount } from "../../local/aws/account";
import { awsClients } from "../../local/aws/clients";
import { type Emulator, startEmulator } from "../../local/emulator/emulator";
import { overrideProvider } from "../../local/terraform/override";
import { isolatedEnvironment, stackIn } from "../../local/terraform/stack";
import { archiveOutputs, pipelineOutputs } from "../../modules";
import { snakeCase } from "../../modules/inputs/schema";
import { writeModule } from "../../registry/module";
import { run } from "../../tools/processes/process";
import { endEverything } from "../../tools/processes/reaper";
import { type TemporaryDirectory, temporaryDirectory } from "../../tools/processes/temporary-directory";
import { repositoryRoot } from "../../tools/repository";
import { skippedUnless } from "../support/skipped";

/** What `cdktf` reads of a clone; a folder with links to these has a state and a cdktf.out of its own. */
const CLONE = [
  "cdktf.json",
  "package.json",
  "main.ts",
  "modules",
  "core",
  "functions",
  "build",
  "tools",
  "node_modules",
];

const SEARCH_ENDPOINT = "https://search.example.com";

/**
 * With them the forwarder's policy has all its statements but the one that attaches a function to a VPC. The emulator makes
 * no domain that ever becomes active.
 */
const VARIABLES = {
  search_endpoint: SEARCH_ENDPOINT,
  search_domain_arn: "arn:aws:es:eu-central-1:123456789012:domain/search",
  archive_kms_key_arn: "arn:aws:kms:eu-central-1:123456789012:key/archive",
  log_groups: { "/app/checkout": {} },
};
const BUCKET = `logging-pipeline-archive-123456789012-${emulatedAccount.AWS_REGION}`;

const STACKS = ["log-archive", "logging-pipeline"] as const;

const nightly = skippedUnless(process.env.NIGHTLY, "NIGHTLY=1");

let emulator: Emulator;
let clone: TemporaryDirectory;
let deployed: string;

beforeAll(async () => {
  [emulator, clone] = await Promise.all([startEmulator(), temporaryDirectory()]);
  await Promise.all(CLONE.map((name) => symlink(join(repositoryRoot, name), join(clone.path, name))));
  await setVariables(VARIABLES);
  writeModule(join(clone.path, "module"));
  deployed = await cdktf("deploy", ...STACKS, "--auto-approve", "--skip-provider-lock", "--outputs-file=outputs.json");
}, 300_000);

afterAll(async () => {
  await emulator?.stop();
  await clone?.remove();
  await endEverything();
});

/** For both ways: cdktf reads the file beside main.ts, Terraform that in the stack's folder. */
async function setVariables(variables: object): Promise<void> {
  // Terraform reads JSON as a value, too.
  const lines = Object.entries(variables).map(([name, value]) => `${name} = ${JSON.stringify(value)}\n`);
  const stack = join(clone.path, "cdktf.out/stacks/logging-pipeline");
  await mkdir(stack, { recursive: true });
  for (const folder of [clone.path, stack]) await writeFile(join(folder, "terraform.tfvars"), lines.join(""));
}

/** @returns what it printed, without colours. @throws ProcessError when it does not exit with 0 */
async function cdktf(...args: readonly string[]): Promise<string> {
  const output = await run("npx", ["cdktf", ...args], {
    cwd: clone.path,
    env: {
      ...(await isolatedEnvironment()),
      ...emulatedAccount,
      AWS_ENDPOINT_URL: emulator.url,
      CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
      FORCE_COLOR: "0",
    },
  });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what terminals are controlled by.
  return output.replace(/\u001b\[[\d;]*[A-Za-z]/g, "");
}

/** Runs Terraform in the stack of the pipeline, as docs/terraform.md does. */
const terraform = async (...args: readonly string[]): Promise<string> =>
  run(
    "terraform",
    ["-chdir=cdktf.out/stacks/logging-pipeline", ...args, "-auto-approve", "-no-color", "-input=false"],
    {
      cwd: clone.path,
      env: { ...(await isolatedEnvironment()), ...emulatedAccount, AWS_ENDPOINT_URL: emulator.url },
    },
  );

const inClone = async (name: string) => JSON.parse(await readFile(join(clone.path, name), "utf8"));

/** The existing resources of the kinds that cost money or hold data. */
async function remains(): Promise<unknown> {
  const { kinesis, lambda, logs, s3 } = awsClients(emulator.url);
  const [streams, functions, mappings, groups, buckets] = await Promise.all([
    kinesis.send(new ListStreamsCommand({})),
    lambda.send(new ListFunctionsCommand({})),
    lambda.send(new ListEventSourceMappingsCommand({})),
    logs.send(new DescribeLogGroupsCommand({})),
    s3.send(new ListBucketsCommand({})),
  ]);
  return {
    streams: streams.StreamNames ?? [],
    functions: functions.Functions?.map(({ FunctionName }) => FunctionName) ?? [],
    mappings: mappings.EventSourceMappings?.length ?? 0,
    groups: groups.logGroups?.map(({ logGroupName }) => logGroupName) ?? [],
    buckets: buckets.Buckets?.map(({ Name }) => Name) ?? [],
  };
}

const LOG_STREAM = { logGroupName: "/app/checkout", logStreamName: "stream" };

async function putEvent(message: string): Promise<void> {
  const { logs } = awsClients(emulator.url);
  await logs.send(new CreateLogStreamCommand(LOG_STREAM));
  await logs.send(new PutLogEventsCommand({ ...LOG_STREAM, logEvents: [{ timestamp: Date.now(), message }] }));
}

async function messages(): Promise<unknown> {
  const { events = [] } = await awsClients(emulator.url).logs.send(new GetLogEventsCommand(LOG_STREAM));
  return events.map(({ message }) => message);
}

/** The types of the resources in the state of a stack. */
async function resourcesOf(stack: string): Promise<string[]> {
  const { resources } = await inClone(`terraform.${stack}.tfstate`);
  return resources.filter(({ mode }: { mode: string }) => mode === "managed").map(({ type }: { type: string }) => type);
}

async function documentedImport(): Promise<string> {
  const docs = await readFile(join(repositoryRoot, "docs/terraform.md"), "utf8");
  return /^import \{\n[\s\S]+?^\}$/m.exec(docs)![0];
}

/** Of a pipeline with a key, and without a domain, a clean-up, compaction, an account's subscription and a destination of its own; of an archive without replication and access logs. */
const NULL_OUTPUTS = [
  ...["dashboards_url", "index_cleanup_function_name", "index_cleanup_role_arn", "index_cleanup_role_name"],
  ...["archive_compaction_function_name", "archive_compaction_role_arn"],
  ...["audit_function_name", "audit_role_arn", "audit_role_name"],
  ...[
    "kms_key_statements",
    "excluded_log_groups",
    "log_destination_arn",
    "log_destination_lines",
    "search_domain_id",
    "access_log_statement",
    "replication_role_arn",
    "replication_statement",
  ],
];

describe("both stacks, by the cdktf CLI in a clone, with a search endpoint that exists", () => {
  const names = Object.keys({ ...archiveOutputs, ...pipelineOutputs }).map(snakeCase);
  const known = names.filter((name) => !NULL_OUTPUTS.includes(name)).toSorted();

  it("are deployed, and their outputs printed under Terraform's names, without those that are null", async () => {
    const printed = [...deployed.matchAll(/^(\w+) =/gm)].map(([, name]) => name);
    expect([...new Set(printed)].toSorted()).toEqual(known);
    expect(deployed).toMatch(new RegExp(`^search_endpoint = ${SEARCH_ENDPOINT}$`, "m"));
    expect(await remains()).toMatchObject({ groups: expect.arrayContaining(["/app/checkout"]), buckets: [BUCKET] });
  });

  it("have their outputs written to a file", async () => {
    const outputs = await inClone("outputs.json");
    expect(Object.keys(outputs).toSorted()).toEqual(known);
    expect(outputs).toMatchObject({ archive_bucket: BUCKET, search_endpoint: SEARCH_ENDPOINT });
  });

  it.each(process.env.NIGHTLY ? STACKS : STACKS.slice(1))(
    "have no difference once they are deployed: %s",
    async (stack) => {
      expect(await cdktf("diff", stack)).toContain("No changes.");
    },
    60_000,
  );

  // The tests of the registry module compare its plans with the stacks' in each run.
  nightly.it.each([
    ["log-archive", "modules/log-archive", {}],
    ["logging-pipeline", "", VARIABLES],
  ])(
    "have no difference to the registry module but the spelling of policies in outputs: %s",
    async (name, folder, variables) => {
      const module = stackIn(join(clone.path, "module", folder));
      await overrideProvider(module.directory, emulator.url);
      await module.setVariables(variables);
      await copyFile(join(clone.path, `terraform.${name}.tfstate`), join(module.directory, "terraform.tfstate"));
      await module.init();

      // With no line that begins so, resources would change: "Plan: …".
      expect(await module.plan()).toMatch(/^(No changes\.|Changes to Outputs:)/);
    },
    60_000,
  );

  nightly.it(
    "show their outputs again",
    async () => {
      const output = await cdktf("output", "logging-pipeline");
      expect(output).toMatch(new RegExp(`^ *search_endpoint = ${SEARCH_ENDPOINT}$`, "m"));
    },
    60_000,
  );

  it("leave a log group with its events, and the key that they need, when they are destroyed", async () => {
    await putEvent("kept");

    const destroyed = cdktf("destroy", "logging-pipeline", "log-archive", "--auto-approve");

    await expect(destroyed).rejects.toThrow(/ScheduleKeyDeletion[\s\S]+explicit deny in a resource-based policy/);
    await cdktf("destroy", "log-archive", "--auto-approve");
    expect(await resourcesOf("logging-pipeline")).toEqual(["aws_kms_key"]);
    expect(await remains()).toEqual({
      streams: [],
      functions: [],
      mappings: 0,
      groups: ["/app/checkout"],
      buckets: [],
    });
    expect(await messages()).toEqual(["kept"]);
  }, 180_000);

  it("take the log group back by the import that docs/terraform.md has, with the key that it had", async () => {
    await writeFile(join(clone.path, "cdktf.out/stacks/logging-pipeline/import.tf"), await documentedImport());

    const applied = await terraform("apply", "-target=aws_cloudwatch_log_group.this");

    expect(applied).toContain("Apply complete! Resources: 1 imported, 0 added, 1 changed, 0 destroyed.");
    expect(await messages()).toEqual(["kept"]);
  });

  it("leave nothing when skip_destroy is false", async () => {
    await setVariables({ ...VARIABLES, log_groups: { "/app/checkout": { skip_destroy: false } } });
    await terraform("apply", "-target=aws_cloudwatch_log_group.this");

    await terraform("destroy");

    for (const stack of ["logging-pipeline", "log-archive"]) {
      expect(await inClone(`terraform.${stack}.tfstate`)).toMatchObject({ resources: [] });
    }
    expect(await remains()).toEqual({ streams: [], functions: [], mappings: 0, groups: [], buckets: [] });
  }, 120_000);
});
