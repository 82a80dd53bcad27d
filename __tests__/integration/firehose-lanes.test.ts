import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { emulatedAccount } from "../../local/aws/account";
import { type AwsClients, awsClients } from "../../local/aws/clients";
import { type Emulator, startEmulator } from "../../local/emulator/emulator";
import { type AppliedMappings, startAppliedMappings } from "../../local/reconciler/applied-mappings";
import { terraformEnvironment } from "../../local/terraform/provider-mirror";
import { setUpS3Logging } from "../../setup/s3-logging/run";
import { run } from "../../tools/processes/process";
import { endEverything } from "../../tools/processes/reaper";
import { InstalledCommands } from "../support/installed-commands";
import { skippedUnless } from "../support/skipped";

let emulator: Emulator;
let clients: AwsClients;
let applied: AppliedMappings;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "firehose-lanes-"));
  emulator = await startEmulator();
  clients = awsClients(emulator.url);
  const CreateBucketConfiguration = { LocationConstraint: "eu-central-1" as const };
  await clients.s3.send(new CreateBucketCommand({ Bucket: "logs", CreateBucketConfiguration }));
  applied = await startAppliedMappings({
    clients,
    firehose: { emulatorUrl: emulator.url, searchEndpoint: "http://127.0.0.1:9" },
    environment: () => ({}),
  });
}, 300_000);

afterAll(async () => {
  await applied?.stop();
  await endEverything();
  await rm(directory, { recursive: true, force: true });
});

/** Answers by the beginning of the question; all others by the default. */
async function setUp(answers: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const said: string[] = [];
  const isSetUp = await setUpS3Logging(
    { values: { bufferingIntervalSeconds: 1 }, yes: false, local: true, pid: undefined },
    { emulatorUrl: emulator.url, directory },
    {
      async ask(question) {
        asked.push(question);
        return Object.entries(answers).find(([beginning]) => question.startsWith(beginning))?.[1] ?? "";
      },
      say: (line) => said.push(line),
    },
  );
  return { isSetUp, asked, said: said.join("\n") };
}

describe("npm run setup -- s3-logging", () => {
  it("asks for what is missing, applies, and shows that a line arrives", async () => {
    const answers = { Bucket: "logs", "Name of the delivery stream": "shop-logs", Apply: "y" };
    const { isSetUp, asked, said } = await setUp(answers);
    expect(asked).toEqual([
      "Account [123456789012]: ",
      "Bucket, which exists: ",
      "Name of the delivery stream: ",
      "Role that exists, by name or ARN (empty: one is created): ",
      "Buffer size in MiB, at which it writes an object earlier [128]: ",
      "Compression [gzip]: ",
      "Beginning of the keys [raw/]: ",
      "Apply this in account 123456789012? [y/N]: ",
    ]);
    expect(said).toContain("Plan: 5 to add, 0 to change, 0 to destroy.");
    expect(isSetUp).toBe(true);
    expect(said).toContain("The delivery stream shop-logs is ACTIVE.");
    expect(said).toMatch(/It is in s3:\/\/logs\/raw\/\d{4}\/\d\d\/\d\d\/\d\d\/shop-logs-1-[0-9-]+-[0-9a-f-]{36}\.gz\./);
    expect(said).toContain("npm run send -- --delivery-stream shop-logs\n");
  }, 120_000);

  it("has nothing to change the second time, and shows a line again", async () => {
    const { isSetUp, said } = await setUp({ Bucket: "logs", "Name of the delivery stream": "shop-logs" });
    expect(said).toContain("No changes.");
    expect(isSetUp).toBe(true);
  }, 120_000);

  it("plans a change of what an earlier run has set up, and applies nothing without a yes", async () => {
    const answers = { Bucket: "logs", "Name of the delivery stream": "shop-logs", Compression: "zip" };
    const { isSetUp, said } = await setUp(answers);
    expect(said).toContain("Plan: 0 to add, 1 to change, 0 to destroy.");
    expect(said).toContain("Nothing was applied.");
    expect(isSetUp).toBe(false);
  }, 120_000);

  it("refuses a bucket, a role and an account that are not the caller's, before it plans", async () => {
    const run = setUpS3Logging(
      {
        values: { accountId: "210987654321", bucket: "nobodys", role: "nobodys-role" },
        yes: true,
        local: true,
        pid: undefined,
      },
      { emulatorUrl: emulator.url, directory },
      { ask: async () => "", say: () => {} },
    );
    await expect(run).rejects.toMatchObject({
      name: "UsageError",
      errors: [
        "--account-id is 210987654321, and the credentials are of 123456789012. Use credentials of that account, or leave the option out.",
        "--bucket is nobodys, which does not exist. Create it (aws s3 mb s3://nobodys), or name another.",
        expect.stringContaining("--role is nobodys-role, which does not exist in account 123456789012. Create it ("),
      ],
    });
  });
});

const nightly = skippedUnless(process.env.NIGHTLY, "NIGHTLY=1");

nightly.describe("npx aws-logging-pipeline setup s3-logging", () => {
  it("sets it up from an empty folder, where it leaves Terraform's state, and tells how to send by npx; it is taken away again", async () => {
    const commands = new InstalledCommands();
    try {
      const options = ["--bucket", "logs", "--stream-name", "cli-logs", "--rotation-seconds", "1", "--yes"];
      const { TF_CLI_CONFIG_FILE } = await terraformEnvironment();
      const env = { ...emulatedAccount, TF_CLI_CONFIG_FILE, AWS_ENDPOINT_URL: emulator.url };
      const { exitCode, stdout, stderr } = await commands.run(["setup", "s3-logging", ...options], env);
      expect([exitCode, stderr]).toEqual([0, ""]);
      expect(stdout).toContain("Plan: 5 to add, 0 to change, 0 to destroy.");
      expect(stdout).toMatch(/It is in s3:\/\/logs\/raw\//);
      expect(stdout).toContain("npx aws-logging-pipeline send --delivery-stream cli-logs\n");
      const states = (await readdir(commands.project)).filter((name) => name.endsWith(".tfstate"));
      expect(states).toEqual(["terraform.s3-logging.123456789012.eu-central-1.cli-logs.tfstate"]);

      // As docs/firehose.md says.
      await writeFile(
        join(commands.project, "main.tf"),
        `terraform {\n  backend "local" { path = "${states[0]}" }\n}\n`,
      );
      const terraform = (...args: string[]) =>
        run("terraform", [`-chdir=${commands.project}`, ...args, "-no-color"], { env: { ...process.env, ...env } });
      await terraform("init");
      expect(await terraform("apply", "-auto-approve")).toContain("5 destroyed");
    } finally {
      commands.remove();
    }
  }, 120_000);
});
