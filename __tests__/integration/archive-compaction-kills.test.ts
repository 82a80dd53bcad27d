import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { type Emulator, startEmulator } from "../../local/emulator/emulator";
import { archivedLines } from "../support/conditional-bucket";
import { unzipInto, zipOf } from "../support/function-zip";
import { skippedUnless } from "../support/skipped";

const KILLS = 50;
const OBJECTS = 60;
const BUCKET = "compacted-while-killed";
const HOUR = new Date(Date.now() - 30 * 3_600_000).toISOString().slice(0, 13).replace(/[-T]/g, "/");
const FOLDER = `archive/${HOUR}/foo/`;

jest.setTimeout(900_000);

const nightly = skippedUnless(process.env.NIGHTLY, "NIGHTLY=1");

const RUN = `require("./index.js").handler({}, { getRemainingTimeInMillis: () => 60_000 }).then(() => process.exit(), (error) => { console.error(error); process.exit(1); });`;

let emulator: Emulator;
let folder: string;
let s3: S3Client;

/** Runs the built function. @param killAfterMs undefined: to its end */
function run(killAfterMs?: number): Promise<number | null> {
  const env = {
    ...{ PATH: process.env.PATH!, AWS_ACCESS_KEY_ID: "any", AWS_SECRET_ACCESS_KEY: "any", AWS_REGION: "us-east-1" },
    ...{ ARCHIVE_BUCKET: BUCKET, MIN_AGE_HOURS: "25", LOOK_BACK_HOURS: "12", AWS_ENDPOINT_URL_S3: emulator.url },
  };
  const child = spawn(process.execPath, ["-e", RUN], { cwd: folder, env, stdio: ["ignore", "ignore", "inherit"] });
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  return new Promise((resolve) =>
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve(code);
    }),
  );
}

const put = (number: number) =>
  s3.send(
    new PutObjectCommand({
      Bucket: BUCKET,
      Key: `${FOLDER}shardId-000000000000-${4956_0000 + number}.gz`,
      Body: archivedLines([`{"n":${number}}`, `{"n":${number},"second":true}`]),
    }),
  );

/** A deletion that the killed process has sent may still come: then all of it is read again. */
const stored = (): ReturnType<typeof storedOnce> =>
  storedOnce().catch((error: Error) => {
    if (error.name !== "NoSuchKey") throw error;
    return stored();
  });

async function storedOnce(): Promise<{ keys: string[]; lines: string[] }> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: FOLDER }));
  const keys = Contents.map(({ Key }) => Key!);
  const lines: string[] = [];
  for (const Key of keys) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
    lines.push(
      ...gunzipSync(await Body!.transformToByteArray())
        .toString()
        .split("\n")
        .slice(0, -1),
    );
  }
  return { keys, lines };
}

nightly.describe("the built function archive-compaction, killed at any moment", () => {
  beforeAll(async () => {
    emulator = await startEmulator();
    folder = await mkdtemp(join(tmpdir(), "archive-compaction-"));
    unzipInto(folder, zipOf("archive-compaction"));
    const credentials = { accessKeyId: "any", secretAccessKey: "any" };
    s3 = new S3Client({ endpoint: emulator.url, region: "us-east-1", credentials, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  });

  afterAll(async () => {
    s3?.destroy();
    await rm(folder, { recursive: true, force: true });
    await emulator?.stop();
  });

  it("loses no line, and doubles none in the end", async () => {
    let objects = 0;
    const expected: string[] = [];
    const add = async (count: number) => {
      for (const end = objects + count; objects < end; objects++) {
        await put(objects);
        expected.push(`{"n":${objects}}`, `{"n":${objects},"second":true}`);
      }
    };
    await add(OBJECTS);
    const start = Date.now();
    expect(await run()).toBe(0);
    const wholeMs = Date.now() - start;
    let killed = 0;
    // At moments that are spread over a run, each of which has something to do; some runs are over before.
    for (let moment = 0; killed < KILLS; moment = (moment + 1) % 25) {
      await add(10);
      const code = await run((wholeMs * moment) / 25 + 1);
      if (code === null) killed++;
      expect(new Set((await stored()).lines)).toEqual(new Set(expected));
    }
    for (let again = 0; again < 2; again++) expect(await run()).toBe(0);

    const { keys, lines } = await stored();
    expect(lines.sort()).toEqual([...expected].sort());
    expect(keys.filter((key) => !key.includes("/compacted-")).length).toBeLessThanOrEqual(1);
  });
});
