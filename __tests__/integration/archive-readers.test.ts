import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { copyFile, mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { idHash } from "../../core/receipts/id-hash";
import { objectReceipt } from "../../core/receipts/object-receipt";
import { noEvents, Receipt } from "../../core/receipts/receipt";
import { cached } from "../../tools/cache";
import { verifyChecksum } from "../../tools/checksum";
import { java } from "../../tools/prerequisites/java";
import { run } from "../../tools/processes/process";
import { UTF8 } from "../../tools/processes/utf8";
import { envelope, kinesisEvent, logEvent } from "../support/kinesis";
import { forwarded } from "../support/replay";
import { skippedUnless } from "../support/skipped";

const RECORDS = 3000;
const AIRCOMPRESSOR = {
  version: "2.0.3",
  sha256: "b86bb66f610079e0bf790d62e2ff68853eb0dc4748a6d68ae28bce92b68094aa",
  streams: "io.airlift.compress.gzip.JdkGzipHadoopStreams",
};

/** Fetches the library by Maven into the cache, as engines are. @returns the jar */
async function installAircompressor(): Promise<string> {
  const { version, sha256 } = AIRCOMPRESSOR;
  const jar = `aircompressor-${version}.jar`;
  const directory = await cached(`aircompressor-${version}`, async (target) => {
    const workplace = join(target, "maven");
    await mkdir(workplace);
    const repository = join(workplace, "repository");
    const get = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:get";
    const properties = { "maven.repo.local": repository, artifact: `io.airlift:aircompressor:${version}:jar` };
    const options = Object.entries({ ...properties, transitive: "false" }).map(([key, value]) => `-D${key}=${value}`);
    await run("mvn", ["-B", "-q", get, ...options], { env: { ...process.env, ...UTF8 }, cwd: workplace });
    const fetched = join(repository, "io", "airlift", "aircompressor", version, jar);
    await verifyChecksum(fetched, sha256);
    await copyFile(fetched, join(target, jar));
    await rm(workplace, { recursive: true });
  });
  return join(directory, jar);
}

const hasJava = spawnSync(java(), ["-version"]).status === 0;

skippedUnless(hasJava, "Java on the PATH").describe("a reader in Java of an object of thousands of records", () => {
  let folder: string;
  let object: string;
  /** One of so many log groups that its receipt is at its end. */
  let withTail: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "readers-"));
    const records = Array.from({ length: RECORDS }, (_, n) => envelope([logEvent(n, "x".repeat((n * 7919) % 300))]));
    const { bucket } = await forwarded([kinesisEvent(...records)]);
    const [key, ...others] = bucket.keys();
    expect([others, bucket.lines(key!)]).toEqual([[], records.map((record) => JSON.stringify(record))]);
    object = join(folder, "object.gz");
    writeFileSync(object, bucket.objects.get(key!)!);
    withTail = join(folder, "with-tail.gz");
    writeFileSync(withTail, tailed());
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Data of one member, which a reader in Java reads wholly, and a receipt of 3,000 log groups. */
  function tailed(): Buffer {
    const receipt = new Receipt();
    for (let n = 0; n < RECORDS; n++) {
      receipt.add(
        { account: "111111111111", logGroup: `g${n}` },
        { ...noEvents(n), events: 1, fingerprint: idHash(`${n}`) },
      );
    }
    const { metadata, tail } = objectReceipt(receipt);
    expect(metadata).toEqual({ "receipt-bytes": String(tail.length) });
    return Buffer.concat([gzipSync("a line\n".repeat(RECORDS)), tail]);
  }

  async function linesRead(options: string[], file: string, ...args: string[]): Promise<number> {
    const program = join(__dirname, "..", "support", "Lines.java");
    return Number(await run(java(), [...options, program, file, ...args], { env: process.env }));
  }

  it("finds all of them by the newest aircompressor, the library that Trino reads by", async () => {
    const jar = await installAircompressor();
    expect(await linesRead(["-cp", jar], object, AIRCOMPRESSOR.streams)).toBe(RECORDS);
    expect(await linesRead(["-cp", jar], withTail, AIRCOMPRESSOR.streams)).toBe(RECORDS);
  }, 120_000);

  it("loses nearly all, without an error, by GZIPInputStream on a stream whose available() is 0", async () => {
    expect(await linesRead([], object)).toBeLessThan(RECORDS / 10);
  }, 60_000);

  it("finds all of one member by GZIPInputStream, and zcat too, whatever receipt follows", async () => {
    expect(await linesRead([], withTail)).toBe(RECORDS);
    expect((await run("zcat", [withTail], { env: process.env })).trimEnd().split("\n")).toHaveLength(RECORDS);
  }, 60_000);
});
