import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { offlineEnvironment } from "../support/offline-aws";
import { overrideProviderAlias } from "../support/provider-alias";
import { initializedStack, type StackPlan, type TerraformFolder, warningsOf } from "../support/terraform";
import { emittedModule } from "./support/module";

jest.setTimeout(600_000);

let emitted: TerraformFolder;

beforeAll(async () => {
  emitted = await emittedModule();
});

afterAll(() => emitted?.remove());

/** Plans a configuration that calls the module, which lies beside it as the README says. Two AWS providers have a process each. */
async function planOf(configuration: string): Promise<StackPlan> {
  const directory = await mkdtemp(join(tmpdir(), "call-"));
  const link = "./terraform-aws-logging-pipeline";
  await writeFile(join(directory, "main.tf"), configuration.replaceAll(`"${link}`, `"${emitted.directory}`));
  const remove = () => rm(directory, { recursive: true, force: true });
  const hasSecond = configuration.includes('alias = "second"');
  const stack = await initializedStack(directory, remove, hasSecond ? offlineEnvironment : undefined);
  try {
    if (hasSecond) await overrideProviderAlias(directory, "second");
    return await stack.plan();
  } finally {
    await stack.remove();
  }
}

describe("the module can be called", () => {
  it("as the README says", async () => {
    const readme = await readFile(join(emitted.directory, "README.md"), "utf8");
    const usage = /```hcl\n([\s\S]+?)```/.exec(readme)![1]!;

    const plan = await planOf(usage);

    expect(plan.summary).toBe(`Plan: ${7 + 6 * 3 - 1 + 7} to add, 0 to change, 0 to destroy.`);
  });

  it("as the README says for many log groups", async () => {
    const readme = await readFile(join(emitted.directory, "README.md"), "utf8");
    const [, usage] = /### Many log groups[\s\S]+?```hcl\n([\s\S]+?)```/.exec(readme)!;

    const plan = await planOf(usage!);

    // One of its own, one that shares a stream, the stream, and those that are found: not the pipeline's own, but for one that may be another's.
    const found = ["legacy", "logging-pipeline_moved", "payment-api", "thumbnails"];
    expect(plan.summary).toBe(`Plan: ${7 + 6 + 2 + 4 + found.length} to add, 0 to change, 0 to destroy.`);
  });

  it("with the README's check, which names misspelt attributes of log groups, of streams and of their rules", async () => {
    const readme = await readFile(join(emitted.directory, "README.md"), "utf8");
    const [, check] = /### Misspelt attributes[\s\S]+?```hcl\n([\s\S]+?)```/.exec(readme)!;

    const plan = await planOf(`${check}
      locals {
        log_groups = {
          "/app/checkout" = { shards = 4, retention_in_day = 30, parser = "http_access" }
          "/app/audit"    = { rules = [{ action = "drop", patern = "x", pattern = "y" }, { action = "keep" }] }
          "/app/other"    = { stream = "quiet", rules = [] }
        }
        streams = { quiet = { shard = 2, rules = [{ action = "drop", valeus = ["x"], pattern = "y" }] } }
      }
      module "logging_pipeline" {
        source          = "./terraform-aws-logging-pipeline"
        search_endpoint = "https://search.example.com"
        log_groups      = local.log_groups
        streams         = local.streams
      }
    `);

    expect(plan.summary).toMatch(/^Plan: 24 to add/);
    expect(warningsOf(plan, "check.attributes")).toEqual([
      'The module does not know these attributes: patern of log_groups["/app/audit"], retention_in_day of log_groups["/app/checkout"], shard of streams["quiet"], valeus of streams["quiet"].',
    ]);
  });

  it("with for_each, count, depends_on and another provider, several times in one account", async () => {
    const plan = await planOf(`
      provider "aws" {
        alias = "second"
      }
      resource "aws_cloudwatch_log_group" "existing" {
        name = "/existing"
      }
      resource "terraform_data" "pattern" {}
      module "each" {
        source   = "./terraform-aws-logging-pipeline"
        for_each = toset(["blue", "green"])

        name       = each.key
        log_groups = { foo = {} }
      }
      module "counted" {
        source = "./terraform-aws-logging-pipeline"
        count  = 1

        name       = "counted"
        log_groups = { (aws_cloudwatch_log_group.existing.name) = { create = false, filter_pattern = terraform_data.pattern.id } }
        depends_on = [aws_cloudwatch_log_group.existing]
      }
      module "elsewhere" {
        source    = "./terraform-aws-logging-pipeline"
        providers = { aws = aws.second }

        name       = "blue"
        log_groups = { foo = {} }
      }
    `);

    expect(namesOf(plan, "aws_kinesis_stream")).toEqual({
      'module.counted[0].aws_kinesis_stream.this["/existing"]': expect.stringMatching(/^counted_-existing_/),
      'module.each["blue"].aws_kinesis_stream.this["foo"]': "blue_foo",
      'module.each["green"].aws_kinesis_stream.this["foo"]': "green_foo",
      'module.elsewhere.aws_kinesis_stream.this["foo"]': "blue_foo",
    });
    const roles = Object.values(namesOf(plan, "aws_iam_role")).filter((name) => name !== undefined);
    expect(roles).toEqual(expect.arrayContaining(["blue-eu-central-1-forwarder", "blue-us-east-1-forwarder"]));
    expect(new Set(roles).size).toBe(roles.length);
  });
});

/** Names of the resources of a type, by address; undefined where they are known only after apply. */
const namesOf = ({ resource_changes }: StackPlan, type: string): Record<string, unknown> =>
  Object.fromEntries(
    resource_changes.filter((each) => each.type === type).map(({ address, change }) => [address, change.after.name]),
  );

/** Plans several examples as modules of one configuration, with its provider in place of their own. */
async function planOfExamples(examples: Readonly<Record<string, object>>): Promise<StackPlan> {
  const { directory, remove } = await emittedModule();
  const calling = join(directory, "calling");
  const calls = Object.entries(examples).map(([name, variables]) => [
    name,
    { source: `../examples/${name}`, ...variables },
  ]);
  await mkdir(calling);
  await writeFile(join(calling, "main.tf.json"), JSON.stringify({ module: Object.fromEntries(calls) }));
  for (const name of Object.keys(examples)) {
    const file = join(directory, "examples", name, "main.tf");
    await writeFile(file, (await readFile(file, "utf8")).replace(/^provider "aws" \{\n[\s\S]*?^\}\n/m, ""));
  }
  const stack = await initializedStack(calling, remove);
  return stack.plan().finally(() => stack.remove());
}

describe("the example", () => {
  const given: Readonly<Record<string, object>> = {
    "existing-domain": {
      search_endpoint: "https://search.example.com",
      search_domain_arn: "arn:aws:es:eu-central-1:123456789012:domain/search",
    },
    "other-accounts": {
      search_endpoint: "https://search.example.com",
      source_account_id: "210987654321",
      organization_id: "o-a1b2c3d4e5",
    },
    "stream-consumers": {
      search_endpoint: "https://search.example.com",
      other_role_arn: "arn:aws:iam::210987654321:role/reader",
    },
    "firehose-search": { search_domain_arn: "arn:aws:es:eu-central-1:123456789012:domain/search" },
    "access-logs-alb": {
      search_endpoint: "https://search.example.com",
      subnet_ids: ["subnet-00000001", "subnet-00000002"],
    },
    "access-logs-cloudtrail": {
      search_endpoint: "https://search.example.com",
      trail_bucket: "org-trail",
      log_account_id: "210987654321",
      organization_id: "o-exampleorgid",
      trail_kms_key_arn: "arn:aws:kms:eu-central-1:210987654321:key/mrk-1234",
    },
    "access-logs-cloudfront": {
      search_endpoint: "https://search.example.com",
      distribution_arn: "arn:aws:cloudfront::123456789012:distribution/E123456789ABCD",
    },
  };

  const counted: readonly (readonly [name: string, resources: number])[] = [
    ["firehose-s3", 5 + 3 + 5],
    ["firehose-search", 10 + 8 + 7 + 4],
    ["deployer", 1],
    ["minimal", 7 + 6 + 7],
    ["complete", 7 + 6 * 3 - 1 + 7 + 1 + 8],
    ["existing-domain", 6 + 6 + 7],
    ["existing-log-groups", 7 + 5 * 2 + 7],
    ["stream-consumers", 6 + 6 + 1 + 7 + 5 + 2],
    ["access-logs-alb", 9 + 1 + 7 + 4],
    ["access-logs-cloudtrail", 9 + 7],
  ];
  let together: StackPlan;

  // A plan of each would take seconds.
  beforeAll(async () => {
    together = await planOfExamples(Object.fromEntries(counted.map(([name]) => [name, given[name] ?? {}])));
  });

  it.each(counted)("%s is planned with %d resources", (name, resources) => {
    const created = together.resource_changes.filter(({ address, change }) => {
      return address.startsWith(`module.${name}.`) && change.actions.includes("create");
    });

    expect(created.length).toBe(resources);
  });

  it.each([
    ["other-accounts", 6 + 4 + 4 + 7 + 3],
    ["access-logs-cloudfront", 9 + 1 + 7 + 6],
  ])("%s, which has two providers, is planned with %d resources", async (name, resources) => {
    const { directory, remove } = await emittedModule();
    const folder = join(directory, "examples", name);
    const [, alias] = /alias += "(\w+)"/.exec(await readFile(join(folder, "main.tf"), "utf8"))!;
    const stack = await initializedStack(folder, remove, offlineEnvironment);
    await overrideProviderAlias(folder, alias!);
    const plan = await stack.plan(given[name]).finally(() => stack.remove());

    expect(plan.summary).toBe(`Plan: ${resources} to add, 0 to change, 0 to destroy.`);
  });

  it("is one of those in examples/", async () => {
    expect(await readdir(join(emitted.directory, "examples"))).toEqual([
      "access-logs-alb",
      "access-logs-cloudfront",
      "access-logs-cloudtrail",
      "complete",
      "deployer",
      "existing-domain",
      "existing-log-groups",
      "firehose-s3",
      "firehose-search",
      "minimal",
      "other-accounts",
      "stream-consumers",
    ]);
  });
});
