import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { atMost } from "../../core/concurrency/at-most";
import { oneAtATime } from "../../core/concurrency/one-at-a-time";
import { emulatedAccount } from "../../local/aws/account";
import { type AwsClients, awsClients } from "../../local/aws/clients";
import { type Emulator, startEmulator } from "../../local/emulator/emulator";
import { overrideProvider } from "../../local/terraform/override";
import { isolatedEnvironment, stackIn, summary } from "../../local/terraform/stack";
import { terraformExamples, writeModule } from "../../registry/module";
import { type ProcessError, run } from "../../tools/processes/process";
import { endEverything } from "../../tools/processes/reaper";
import { type TemporaryDirectory, temporaryDirectory } from "../../tools/processes/temporary-directory";
import { actionsOf, deployerActions, UNSEEN } from "../support/deployer-actions";
import { logsOfAccount } from "../support/other-account";
import { inEmulatedAccount, overrideProviderAlias } from "../support/provider-alias";
import { recordedCalls, recordingTo } from "../support/recorded-calls";

const REGION = emulatedAccount.AWS_REGION;
const ENDPOINT = "https://search.example.com";

interface Example {
  readonly variables: object;
  /** A domain takes the provider ten minutes, so an endpoint takes its place. */
  readonly domain?: true;
  /** What a second plan says; the emulator keeps neither the tags that CreateStream has nor the description of a rule. */
  readonly secondPlan?: RegExp;
  /** The module keeps log groups that it has created, and with them their key. */
  readonly keepsLogGroups?: true;
}

const SEARCH = { search_endpoint: ENDPOINT, search_domain_arn: "arn:aws:es:eu-central-1:123456789012:domain/search" };

const SOURCE_ACCOUNT = "210987654321";

/** By name. Subnets are the emulator's own. */
const EXAMPLES: Readonly<Record<string, Example>> = {
  deployer: { variables: {} },
  minimal: { variables: {}, domain: true, keepsLogGroups: true },
  complete: {
    variables: {},
    domain: true,
    secondPlan: /^Plan: 0 to add, 4 to change, 0 to destroy\./,
    keepsLogGroups: true,
  },
  "existing-domain": { variables: SEARCH, keepsLogGroups: true },
  "existing-log-groups": { variables: {}, domain: true },
  "other-accounts": { variables: { search_endpoint: ENDPOINT, source_account_id: SOURCE_ACCOUNT } },
  "stream-consumers": {
    variables: { search_endpoint: ENDPOINT, other_role_arn: `arn:aws:iam::${SOURCE_ACCOUNT}:role/reader` },
    keepsLogGroups: true,
  },
  "firehose-s3": { variables: {} },
  "firehose-search": { variables: { search_domain_arn: SEARCH.search_domain_arn } },
  "access-logs-alb": { variables: { search_endpoint: ENDPOINT } },
  "access-logs-cloudfront": {
    variables: {
      search_endpoint: ENDPOINT,
      distribution_arn: "arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE",
    },
  },
  "access-logs-cloudtrail": {
    variables: {
      search_endpoint: ENDPOINT,
      trail_bucket: "trail-of-the-organization",
      log_account_id: "210987654321",
      organization_id: "o-exampleorgid",
    },
  },
};

/** Those that have the pipeline and its archive bucket, and no resource beside them. */
const OF_DEPLOYER = ["minimal", "existing-domain", "existing-log-groups"];

/** Those that are applied in each run; the others in the night. */
const RUN = process.env.NIGHTLY ? Object.keys(EXAMPLES) : ["existing-log-groups"];

const KEPT_KEY = "module.logging_pipeline.aws_kms_key.this[0]";

interface Life {
  readonly before: string;
  readonly applied: string;
  /** Of `terraform destroy`. */
  readonly failure: string;
  /** The resources that are left: the key, and what the inputs of its pipeline refer to. */
  readonly left: readonly string[];
  /** Those once the key is forgotten and the rest destroyed, as docs/terraform.md says. */
  readonly leftWithoutKey: readonly string[];
  /** The operations that Terraform's provider called. */
  readonly calls: ReadonlySet<string>;
}

jest.setTimeout(1_800_000);

it("are all known here", () => {
  expect(
    terraformExamples()
      .map((folder) => folder.replace("examples/", ""))
      .sort(),
  ).toEqual(Object.keys(EXAMPLES).sort());
});

describe("the examples", () => {
  let emulator: Emulator;
  let clients: AwsClients;
  let emitted: TemporaryDirectory;
  let lives: ReadonlyMap<string, Life>;

  beforeAll(async () => {
    [emulator, emitted] = await Promise.all([startEmulator(), temporaryDirectory()]);
    clients = awsClients(emulator.url);
    writeModule(emitted.path);
    for (const logGroupName of ["/aws/lambda/thumbnails", "/aws/vpc/flow-logs"])
      await clients.logs.send(new CreateLogGroupCommand({ logGroupName }));
    await logsOfAccount(emulator.url, SOURCE_ACCOUNT).send(
      new CreateLogGroupCommand({ logGroupName: "/aws/lambda/thumbnails" }),
    );
    // Most of it is the provider's waiting.
    const few = atMost(3);
    // They have log groups of the same names.
    const alone = oneAtATime();
    lives = new Map(
      await Promise.all(
        RUN.map(
          async (name) =>
            [
              name,
              await few(() => (EXAMPLES[name]!.keepsLogGroups ? alone(() => lifeOf(name)) : lifeOf(name))),
            ] as const,
        ),
      ),
    );
  });

  afterAll(async () => {
    await emulator?.stop();
    await emitted?.remove();
    await endEverything();
  });

  it.each(RUN)("are applied without a difference left, and destroyed: %s", (name) => {
    const { before, applied, failure, left, leftWithoutKey } = lives.get(name)!;
    expect(before).toMatch(/^Plan: \d+ to add, 0 to change, 0 to destroy\./);
    expect(applied).toMatch(EXAMPLES[name]!.secondPlan ?? /^No changes\./);
    if (EXAMPLES[name]!.keepsLogGroups) {
      expect(failure).toContain("with an explicit deny in a resource-based policy");
      expect(left).toContain(KEPT_KEY);
      expect(leftWithoutKey).toEqual([]);
    } else {
      expect([failure, left]).toEqual(["", []]);
    }
  });

  it("call what the policy of examples/deployer allows, and it allows little else", () => {
    const needed = new Set(
      OF_DEPLOYER.filter((name) => lives.has(name)).flatMap((name) => [...actionsOf(lives.get(name)!.calls)]),
    );
    expect([...needed].filter((action) => !deployerActions.has(action))).toEqual([]);
    if (process.env.NIGHTLY)
      expect([...deployerActions].filter((action) => !needed.has(action) && !UNSEEN.has(action))).toEqual([]);
    expect([...needed].filter((action) => UNSEEN.has(action))).toEqual([]);
  });

  /** Applies an example as its README has it, with the emulator for AWS, plans again, and destroys. */
  async function lifeOf(name: string): Promise<Life> {
    const directory = join(emitted.path, "examples", name);
    const { variables, domain } = EXAMPLES[name]!;
    const stack = stackIn(directory);
    await overrideProvider(directory, emulator.url);
    if (name === "access-logs-cloudfront") await overrideProviderAlias(directory, "us_east_1");
    // What `zip` makes of its reader: any function will do.
    if (name === "stream-consumers")
      await copyFile(join(emitted.path, "assets/forwarder.zip"), join(directory, "reader.zip"));
    if (name === "other-accounts")
      await overrideProviderAlias(directory, "source", { region: REGION, ...inEmulatedAccount(SOURCE_ACCOUNT) });
    if (domain) {
      const override = { module: { logging_pipeline: { search_endpoint: ENDPOINT } } };
      await writeFile(join(directory, "endpoint_override.tf.json"), JSON.stringify(override));
    }
    const subnets = name === "access-logs-alb" ? { subnet_ids: await subnetIds() } : {};
    await stack.setVariables({ ...variables, region: REGION, ...subnets });
    await stack.init();

    const log = join(directory, "provider.log");
    const env = { ...(await isolatedEnvironment()), ...recordingTo(log) };
    const terraform = (...args: string[]) => run("terraform", [`-chdir=${directory}`, ...args, "-no-color"], { env });
    const before = summary(await terraform("plan"));
    await terraform("apply", "-auto-approve", "-parallelism=30");
    const applied = summary(await terraform("plan"));
    const failure = await terraform("destroy", "-auto-approve", "-parallelism=30").then(
      () => "",
      ({ output }: ProcessError) => output.replaceAll(/\s+/g, " "),
    );
    if (EXAMPLES[name]!.keepsLogGroups) await deleteLogGroups("/app/");
    const resources = async () =>
      (await terraform("state", "list")).split("\n").filter((address) => /^(?!.*\bdata\.)./.test(address));
    const left = await resources();
    if (left.includes(KEPT_KEY)) {
      await terraform("state", "rm", KEPT_KEY);
      await terraform("destroy", "-auto-approve");
    }
    return { before, applied, failure, left, leftWithoutKey: await resources(), calls: recordedCalls(log) };
  }

  async function deleteLogGroups(logGroupNamePrefix: string): Promise<void> {
    const { logGroups = [] } = await clients.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix }));
    for (const { logGroupName } of logGroups) await clients.logs.send(new DeleteLogGroupCommand({ logGroupName }));
  }

  async function subnetIds(): Promise<string[]> {
    const response = await fetch(emulator.url, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        authorization: `AWS4-HMAC-SHA256 Credential=${emulatedAccount.AWS_ACCESS_KEY_ID}/20261127/${REGION}/ec2/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: "Action=DescribeSubnets&Version=2016-11-15",
    });
    const ids = [...(await response.text()).matchAll(/<subnetId>([^<]+)<\/subnetId>/g)].map(([, id]) => id!);
    return ids.slice(0, 2);
  }
});
