import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { PutRecordCommand } from "@aws-sdk/client-kinesis";
import { ACCOUNT_ID, emulatedAccount } from "../../local/aws/account";
import { awsClients } from "../../local/aws/clients";
import { listObjects } from "../../local/delivery/archive";
import type { RunningPipeline } from "../../local/running";
import { repositoryRoot } from "../../tools/repository";
import { comparableOutput, documentedPattern, localOperations, runOperation } from "../support/documented-operations";
import { skippedUnless } from "../support/skipped";

const BUCKET = `logging-pipeline-archive-${ACCOUNT_ID}-${emulatedAccount.AWS_REGION}`;
const DAY_MS = 86_400_000;
const MAX_WAIT_MS = 60_000;
const LINES_OF_YESTERDAY = 100;

const yesterday = new Date(Date.now() - DAY_MS).toISOString().slice(0, 10);
const indexOfYesterday = (name: string) => `cwl-${name}-${yesterday.replaceAll("-", ".")}`;

const { stdout = "" } = spawnSync("aws", ["--version"], { encoding: "utf8" });
const isAwsCli2 = stdout.startsWith("aws-cli/2");

const OPERATIONS = localOperations().map((block, n) => ({
  title: `${block.section} ${n}: ${block.text.trim().split("\n").at(-1)}`,
  isFirst: block.section !== localOperations()[n - 1]?.section,
  block,
}));

interface Answer {
  readonly count?: number;
  readonly blocks?: { readonly indices?: object };
}

interface DiskLimits {
  readonly enabled?: boolean;
  readonly low?: string;
  readonly high?: string;
  readonly flood?: string;
}

jest.setTimeout(300_000);

const nightly = skippedUnless(process.env.NIGHTLY, "NIGHTLY=1, with aws, jq and curl");

nightly.describe("the commands of docs/operations.md, on the pipeline of npm start,", () => {
  let pipeline: Required<RunningPipeline>;

  const start = async (...args: string[]): Promise<string> =>
    (
      await promisify(execFile)(process.execPath, ["--import", "tsx", "local/main.ts", ...args], {
        cwd: repositoryRoot,
      })
    ).stdout;

  async function engine(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${pipeline.services.searchEndpoint}/${path}`, {
      method,
      headers: { "Content-Type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    return (await response.json()) as Answer;
  }

  /** Above which the engine takes its disk for full; {}: never. */
  function setDiskLimits({ enabled, low, high, flood }: DiskLimits) {
    const disk = "cluster.routing.allocation.disk";
    const transient = {
      "cluster.info.update.interval": enabled ? "10s" : null,
      [`${disk}.threshold_enabled`]: enabled ?? null,
      [`${disk}.watermark.low`]: low ?? null,
      [`${disk}.watermark.high`]: high ?? null,
      [`${disk}.watermark.flood_stage`]: flood ?? null,
    };
    return engine("PUT", "_cluster/settings", { transient });
  }

  async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    for (const deadline = Date.now() + MAX_WAIT_MS; !(await isSo()); await sleep(500)) {
      if (Date.now() > deadline) throw new Error(`After ${MAX_WAIT_MS / 1000} s, not yet: ${what}`);
    }
  }

  const isAnyIn = async (folder: string): Promise<boolean> =>
    (await listObjects(awsClients(pipeline.services.emulatorUrl).s3, BUCKET, folder)).size > 0;

  async function putYesterday(logGroup: string, count: number): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), "operations-"));
    const lines = Array.from({ length: count }, (_, n) => `${yesterday}T12:00:00Z line ${n}\n`);
    await writeFile(join(folder, "app.log"), lines.join(""));
    await start("put", "--log-group", logGroup, "--file", join(folder, "app.log"), "--pid", String(pipeline.pid));
    await rm(folder, { recursive: true });
  }

  /** What happens before a section, or before commands that have a text. */
  const BEFORE: Record<string, () => Promise<unknown>> = {
    "Was anything lost yesterday?": async () => {
      await putYesterday("baz", LINES_OF_YESTERDAY);
      const path = `${indexOfYesterday("baz")}/_count`;
      await until("all found", async () => (await engine("GET", path)).count === LINES_OF_YESTERDAY);
      await sleep(2_000);
    },
    "Rejected and dead-lettered": async () => {
      await engine("PUT", indexOfYesterday("bar"), { mappings: { properties: { message: { type: "long" } } } });
      await putYesterday("bar", 1);
      const binary = { StreamName: "logging-pipeline_foo", PartitionKey: "0", Data: Buffer.from([0, 1, 2, 3, 4, 255]) };
      await awsClients(pipeline.services.emulatorUrl).kinesis.send(new PutRecordCommand(binary));
      await until("quarantined", async () => (await isAnyIn("rejected/")) && (await isAnyIn("dead-letter/")));
    },
    "--kind rejected --index-settings": () => engine("DELETE", indexOfYesterday("bar")),
    "The disk is full": async () => {
      await setDiskLimits({ enabled: true, low: "1%", high: "2%", flood: "3%" });
      const isBlocked = async () => (await engine("GET", "_cluster/state/blocks")).blocks?.indices !== undefined;
      await until("an index is blocked", isBlocked);
    },
    "index.blocks.read_only_allow_delete": () => setDiskLimits({}),
  };

  beforeAll(async () => {
    const [, directory] = /Working directory: (\S+)/.exec(await start("--detach"))!;
    pipeline = JSON.parse(await readFile(join(directory!, "pipeline.json"), "utf8"));
  });

  afterAll(async () => {
    if (pipeline) await start("stop", "--pid", String(pipeline.pid));
    await rm(join(repositoryRoot, "index-settings.json"), { force: true });
  });

  it.each(OPERATIONS)("print what the page says: $title", async ({ block, isFirst }) => {
    if (isFirst) await BEFORE[block.section]?.();
    for (const [text, happens] of Object.entries(BEFORE)) if (block.text.includes(text)) await happens();
    if (block.needsAwsCli2 && !isAwsCli2) return;
    const printed = await runOperation(block, pipeline.directory);
    if (block.printed !== undefined) expect(comparableOutput(printed)).toMatch(documentedPattern(block.printed));
  });
});
