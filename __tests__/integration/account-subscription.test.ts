import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CreateLogGroupCommand, DescribeAccountPoliciesCommand, PolicyType } from "@aws-sdk/client-cloudwatch-logs";
import { emulatedAccount } from "../../local/aws/account";
import { awsClients } from "../../local/aws/clients";
import { type Emulator, startEmulator } from "../../local/emulator/emulator";
import { overrideProvider } from "../../local/terraform/override";
import { isolatedEnvironment } from "../../local/terraform/stack";
import { writeModule } from "../../registry/module";
import { run } from "../../tools/processes/process";
import { endEverything } from "../../tools/processes/reaper";
import { type TemporaryDirectory, temporaryDirectory } from "../../tools/processes/temporary-directory";
import { actionsOf, deployerActions } from "../support/deployer-actions";
import { recordedCalls, recordingTo } from "../support/recorded-calls";
import { skippedUnless } from "../support/skipped";

jest.setTimeout(900_000);

const nightly = skippedUnless(process.env.NIGHTLY, "NIGHTLY=1, with aws and jq");

const BEFORE = {
  region: emulatedAccount.AWS_REGION,
  search_endpoint: "https://search.example.com",
  streams: { all: {} },
  log_groups: {},
  log_group_prefixes: { "/found/": { stream: "all" } },
  account_subscription: { stream: "all" },
  log_destination: { stream: "all", account_ids: ["210987654321"] },
  stream_consumers: { reader: "all" },
};

/** With a log group that has a stream of its own: two names more are left out. */
const AFTER = { ...BEFORE, log_groups: { "/app/new": { skip_destroy: false } } };

/** The variables that `given` has, handed to the module. */
const configuration = {
  variable: Object.fromEntries(Object.keys(BEFORE).map((name) => [name, {}])),
  provider: { aws: { region: "${var.region}" } },
  module: {
    logging_pipeline: {
      source: "../module",
      ...Object.fromEntries(
        Object.keys(BEFORE)
          .filter((name) => name !== "region")
          .map((name) => [name, `\${var.${name}}`]),
      ),
    },
  },
};

nightly.describe("the subscription of the account", () => {
  let emulator: Emulator;
  let folder: TemporaryDirectory;
  let directory: string;
  let env: NodeJS.ProcessEnv;

  const terraform = (...args: string[]) => run("terraform", [`-chdir=${directory}`, ...args, "-no-color"], { env });
  const set = (variables: object) => writeFile(join(directory, "terraform.tfvars.json"), JSON.stringify(variables));
  const callsIn = (file: string) => recordedCalls(join(directory, file));

  async function policy() {
    const policyType = PolicyType.SUBSCRIPTION_FILTER_POLICY;
    const { accountPolicies } = await awsClients(emulator.url).logs.send(
      new DescribeAccountPoliciesCommand({ policyType }),
    );
    expect(accountPolicies).toHaveLength(1);
    return accountPolicies![0]!;
  }

  beforeAll(async () => {
    [emulator, folder] = await Promise.all([startEmulator(), temporaryDirectory()]);
    writeModule(join(folder.path, "module"));
    directory = join(folder.path, "root");
    await mkdir(directory);
    await writeFile(join(directory, "main.tf.json"), JSON.stringify(configuration));
    await overrideProvider(directory, emulator.url);
    await awsClients(emulator.url).logs.send(new CreateLogGroupCommand({ logGroupName: "/found/one" }));
    env = await isolatedEnvironment();
    await set(BEFORE);
    await terraform("init");
    env = { ...env, ...recordingTo(join(directory, "first.log")) };
    await terraform("apply", "-auto-approve", "-parallelism=30");
  });

  afterAll(async () => {
    await emulator?.stop();
    await folder?.remove();
    await endEverything();
  });

  it("is changed in place by the commands of docs/log-groups.md, after which Terraform does not replace it", async () => {
    await set(AFTER);
    expect(await terraform("plan")).toContain("# forces replacement");

    env = { ...env, ...recordingTo(join(directory, "second.log")) };
    const page = await readFile(join(__dirname, "../../docs/log-groups.md"), "utf8");
    const [, commands] = /### When what is left out changes[\s\S]+?```sh\n([\s\S]+?)```/.exec(page)!;
    const printed = await run("bash", ["-euo", "pipefail", "-c", ofTheModule(commands!)], {
      cwd: directory,
      env: {
        ...env,
        ...emulatedAccount,
        AWS_ENDPOINT_URL: emulator.url,
        TF_CLI_ARGS_apply: "-auto-approve -no-color",
      },
    });

    expect(printed).toMatch(/Apply complete! Resources: \d+ added, 0 changed, 0 destroyed\.\s*$/);
    expect([...callsIn("second.log")].filter((call) => /AccountPolic/.test(call))).toEqual([
      "CloudWatch Logs:DescribeAccountPolicies",
    ]);
    expect((await policy()).selectionCriteria).toContain('"/app/new"');
  });

  it("is managed by what the policy of examples/deployer allows, as prefixes, a destination and consumers are", async () => {
    await terraform("destroy", "-auto-approve", "-parallelism=30");

    const needed = actionsOf([...callsIn("first.log"), ...callsIn("second.log")]);
    expect([...needed].filter((action) => !deployerActions.has(action))).toEqual([]);
    const ofThese = [...deployerActions].filter((action) =>
      /AccountPolic|Destination|DescribeLogGroups|StreamConsumer/.test(action),
    );
    expect(ofThese.length).toBeGreaterThan(9);
    expect(ofThese.filter((action) => !needed.has(action))).toEqual([]);
  });
});

/** The commands where the pipeline is called as a module. */
function ofTheModule(commands: string): string {
  const target = "-target=aws_";
  expect(commands).toContain(target);
  return commands.replace(target, "-target=module.logging_pipeline.aws_");
}
