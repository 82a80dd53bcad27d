import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { idHash } from "../../core/receipts/id-hash";
import { objectReceipt } from "../../core/receipts/object-receipt";
import { noEvents, Receipt } from "../../core/receipts/receipt";
import { aircompressorLines, javaLines } from "../../soak/readers/aircompressor";
import { java } from "../../tools/prerequisites/java";
import { run } from "../../tools/processes/process";
import { envelope, kinesisEvent, logEvent } from "../support/kinesis";
import { forwarded } from "../support/replay";
import { skippedUnless } from "../support/skipped";

const RECORDS = 3000;
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

  it("finds all of them by the newest aircompressor, the library that Trino reads by", async () => {
    expect(await aircompressorLines([object, withTail], folder)).toEqual([RECORDS, RECORDS]);
  }, 120_000);

  it("loses nearly all, without an error, by GZIPInputStream on a stream whose available() is 0", async () => {
    const [lines] = await javaLines([object], folder);
    expect(lines).toBeLessThan(RECORDS / 10);
  });

  it("finds all of one member by GZIPInputStream, and zcat too, whatever receipt follows", async () => {
    expect(await javaLines([withTail], folder)).toEqual([RECORDS]);
    expect((await run("zcat", [withTail], { env: process.env })).trimEnd().split("\n")).toHaveLength(RECORDS);
  });
});
