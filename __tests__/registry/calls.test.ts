import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { offlineEnvironment } from "../support/offline-aws";
import { overrideProviderAlias } from "../support/provider-alias";
import { initializedStack, type StackPlan, type TerraformFolder, warningsOf } from "../support/terraform";
import { emittedModule } from "./support/module";

jest.setTimeout(600_000);

/** Where a configuration finds the module, as the README says. */
const BESIDE = "./terraform-aws-logging-pipeline";

/** What the examples need. */
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

/** The examples with one provider, and what each plans. */
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

let emitted: TerraformFolder;
/** All calls with one provider: a plan of each would take seconds. */
let together: StackPlan;

beforeAll(async () => {
  emitted = await emittedModule();
  together = await planTogether(await documented());
});

afterAll(() => emitted?.remove());

/** Plans these configurations and the examples as modules of one, with its provider in place of their own. */
async function planTogether(configurations: Readonly<Record<string, string>>): Promise<StackPlan> {
  const { directory, remove } = await emittedModule();
  for (const [name, text] of Object.entries(configurations)) {
    await mkdir(join(directory, "examples", name));
    await writeFile(join(directory, "examples", name, "main.tf"), text.replaceAll(`"${BESIDE}`, '"../..'));
  }
  const names = [...Object.keys(configurations), ...counted.map(([name]) => name)];
  for (const name of names) {
    const file = join(directory, "examples", name, "main.tf");
    await writeFile(file, (await readFile(file, "utf8")).replace(/^provider "aws" \{\n[\s\S]*?^\}\n/m, ""));
  }
  const calls = names.map((name) => [name, { source: `../examples/${name}`, ...given[name] }]);
  const calling = join(directory, "calling");
  await mkdir(calling);
  await writeFile(join(calling, "main.tf.json"), JSON.stringify({ module: Object.fromEntries(calls) }));
  const stack = await initializedStack(calling, remove);
  return stack.plan().finally(() => stack.remove());
}

/** How many resources a call of {@link together} creates. */
const createdIn = (name: string): number =>
  together.resource_changes.filter(
    ({ address, change }) => address.startsWith(`module.${name}.`) && change.actions.includes("create"),
  ).length;

/** Plans a configuration that calls the module, and has two AWS providers, each of which has a process. */
async function planOfTwoProviders(configuration: string): Promise<StackPlan> {
  const directory = await mkdtemp(join(tmpdir(), "call-"));
  await writeFile(join(directory, "main.tf"), configuration.replaceAll(`"${BESIDE}`, `"${emitted.directory}`));
  const remove = () => rm(directory, { recursive: true, force: true });
  const stack = await initializedStack(directory, remove, offlineEnvironment);
  try {
    await overrideProviderAlias(directory, "second");
    return await stack.plan();
  } finally {
    await stack.remove();
  }
}

/** Those of the README, and one with its check, by what they show. */
async function documented(): Promise<Readonly<Record<string, string>>> {
  const readme = await readFile(join(emitted.directory, "README.md"), "utf8");
  const [, usage] = /```hcl\n([\s\S]+?)```/.exec(readme)!;
  const [, many] = /### Many log groups[\s\S]+?```hcl\n([\s\S]+?)```/.exec(readme)!;
  const [, check] = /### Misspelt attributes[\s\S]+?```hcl\n([\s\S]+?)```/.exec(readme)!;
  const misspelt = `${check}
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
  `;
  return { usage: usage!, many: many!, misspelt };
}

describe("the module can be called", () => {
  it("as the README says", () => {
    expect(createdIn("usage")).toBe(7 + 6 * 3 - 1 + 7);
  });

  it("as the README says for many log groups", () => {
    // One of its own, one that shares a stream, the stream, and those that are found: not the pipeline's own, but for one that may be another's.
    const found = ["legacy", "logging-pipeline_moved", "payment-api", "thumbnails"];
    expect(createdIn("many")).toBe(7 + 6 + 2 + 4 + found.length);
  });

  it("with the README's check, which names misspelt attributes of log groups, of streams and of their rules", () => {
    expect(createdIn("misspelt")).toBe(24);
    expect(warningsOf(together, "module.misspelt.check.attributes")).toEqual([
      'The module does not know these attributes: patern of log_groups["/app/audit"], retention_in_day of log_groups["/app/checkout"], shard of streams["quiet"], valeus of streams["quiet"].',
    ]);
  });

  it("with for_each, count, depends_on and another provider, several times in one account", async () => {
    const plan = await planOfTwoProviders(`
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

describe("the example", () => {
  it.each(counted)("%s is planned with %d resources", (name, resources) => {
    expect(createdIn(name)).toBe(resources);
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
