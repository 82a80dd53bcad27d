import { join } from "node:path";
import { emulatedAccount } from "../../local/aws/account";
import { type Emulator, startEmulator } from "../../local/emulator/emulator";
import { overrideProvider } from "../../local/terraform/override";
import { isolatedEnvironment, stackIn, type TerraformStack } from "../../local/terraform/stack";
import { writeModule } from "../../registry/module";
import { run } from "../../tools/processes/process";
import { endEverything } from "../../tools/processes/reaper";
import { type TemporaryDirectory, temporaryDirectory } from "../../tools/processes/temporary-directory";
import { overrideProviderAlias } from "../support/provider-alias";
import { skippedUnless } from "../support/skipped";

const REGION = emulatedAccount.AWS_REGION;
const SEARCH = { search_endpoint: "https://search.example.com", region: REGION };

/** Variables of each example; subnets are the emulator's own. */
const EXAMPLES: readonly [name: string, variables: object][] = [
  ["firehose-s3", {}],
  ["firehose-search", { search_domain_arn: "arn:aws:es:eu-central-1:123456789012:domain/search" }],
  ["access-logs-alb", {}],
  ["access-logs-cloudfront", { distribution_arn: "arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE" }],
  [
    "access-logs-cloudtrail",
    { trail_bucket: "trail-of-the-organization", log_account_id: "210987654321", organization_id: "o-exampleorgid" },
  ],
];

interface Life {
  readonly before: string;
  readonly applied: string;
  readonly destroyed: string;
}

jest.setTimeout(900_000);

const nightly = skippedUnless(process.env.NIGHTLY, "NIGHTLY=1");

nightly.describe("the examples", () => {
  let emulator: Emulator;
  let emitted: TemporaryDirectory;
  let summaries: ReadonlyMap<string, Life>;

  beforeAll(async () => {
    [emulator, emitted] = await Promise.all([startEmulator(), temporaryDirectory()]);
    writeModule(emitted.path);
    // Most of it is the provider's waiting.
    const lives = await Promise.all(
      EXAMPLES.map(async ([name, variables]) => [name, await lifeOf(name, variables)] as const),
    );
    summaries = new Map(lives);
  });

  afterAll(async () => {
    await emulator?.stop();
    await emitted?.remove();
    await endEverything();
  });

  it.each(EXAMPLES)("are applied without a difference left, and destroyed: %s", (name) => {
    const { before, applied, destroyed } = summaries.get(name)!;
    expect(before).toMatch(/^Plan: \d+ to add, 0 to change, 0 to destroy\./);
    expect(applied).toMatch(/^No changes\./);
    expect(destroyed).toBe(before);
  });

  /** What Terraform plans of an example before it is applied, then, and when it is destroyed. */
  async function lifeOf(name: string, variables: object): Promise<Life> {
    const stack = await exampleStack(name, variables);
    const before = await stack.plan();
    await stack.apply();
    const applied = await stack.plan();
    await destroy(stack);
    return { before, applied, destroyed: await stack.plan() };
  }

  /** An example as its README has it, with the emulator for AWS. */
  async function exampleStack(name: string, variables: object): Promise<TerraformStack> {
    const stack = stackIn(join(emitted.path, "examples", name));
    await overrideProvider(stack.directory, emulator.url);
    if (name === "access-logs-cloudfront") await overrideProviderAlias(stack.directory, "us_east_1");
    const subnets = name === "access-logs-alb" ? { subnet_ids: await subnetIds() } : {};
    await stack.setVariables({ ...SEARCH, ...subnets, ...variables });
    await stack.init();
    return stack;
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

  async function destroy({ directory }: TerraformStack): Promise<void> {
    await run("terraform", [`-chdir=${directory}`, "destroy", "-auto-approve", "-no-color", "-input=false"], {
      env: await isolatedEnvironment(),
    });
  }
});
