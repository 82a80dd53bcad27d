import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { objectReceipt, readReceipt } from "../../../core/receipts/object-receipt";
import { noEvents, Receipt } from "../../../core/receipts/receipt";
import { compact } from "../../../functions/archive-compaction/compact";
import { archivedLines, ConditionalBucket } from "../../support/conditional-bucket";

const FOLDER = "logs/archive/2026/11/21/03/foo/";
const key = (number: number, folder = FOLDER) => `${folder}shardId-000000000000-4956${number}.gz`;

interface Given {
  bucket: ConditionalBucket;
  event?: unknown;
  now?: string;
  /** Milliseconds that are left at each call. */
  remaining?: () => number;
}

/** One run. @returns the lines that it logged, and its error */
async function run({ bucket, event = {}, now = "2026-11-22T05:00Z", remaining = () => 900_000 }: Given) {
  const logged: Record<string, unknown>[] = [];
  const settings = {
    archivePrefix: "logs/",
    minAgeHours: 25,
    lookBackHours: 3,
    metricsNamespace: "",
    partBytes: 10_000,
  };
  let error: Error | undefined;
  try {
    const times = { remainingMs: remaining, now: () => Date.parse(now), monotonicMs: () => 0 };
    await compact(event, { settings, bucket: () => bucket.client(), ...times, log: (line) => logged.push(line) });
  } catch (thrown) {
    error = thrown as Error;
  }
  return { report: logged.at(-1)!, logged, error };
}

/** The end of each key, after the hours of the archive. */
const shown = (bucket: ConditionalBucket) => bucket.keys().map((one) => one.slice("logs/archive/2026/11/21/".length));

describe("compact", () => {
  it("makes one member of an hour's objects, in their order and byte for byte, and deletes them", async () => {
    const bucket = new ConditionalBucket();
    const lines = Array.from({ length: 9 }, (_, i) => [`{"n":${i},"text":"ä\\u0000 "}`, ` {"n":"${i}b"}`]);
    for (const [i, two] of lines.entries()) bucket.put(key(i), two);
    const before = bucket.lines();

    const { report, error } = await run({ bucket });

    expect(error).toBeUndefined();
    expect(shown(bucket)).toEqual(["03/foo/compacted-000000.gz"]);
    expect(bucket.lines()).toEqual(before);
    expect(bucket.metadata.get(`${FOLDER}compacted-000000.gz`)).toEqual({ compacted: "9", lines: "18" });
    expect(report).toMatchObject({ ReadObjects: 10, CompactedObjects: 1, DeletedObjects: 9, PostponedHours: 0 });
  });

  it("is done in one member, which is all that some readers read", async () => {
    const bucket = new ConditionalBucket();
    for (let i = 0; i < 3; i++) bucket.put(key(i), ["a".repeat(500), "b"]);
    await run({ bucket });

    const object = bucket.objects.get(`${FOLDER}compacted-000000.gz`)!;
    // A second header would begin behind the first member's end, whose last bytes are the size of all.
    expect(object.readUInt32LE(object.length - 4)).toBe(3 * 503);
    expect(gunzipSync(object).length).toBe(3 * 503);
  });

  it("keeps log groups, streams and hours apart, and leaves what is too young, too old or alone", async () => {
    const bucket = new ConditionalBucket();
    const folders = ["00/foo", "01/foo", "02/foo", "02/stream=apps", "03/foo", "04/foo"];
    for (const folder of folders)
      for (let i = 0; i < 2; i++) bucket.put(key(i, `logs/archive/2026/11/21/${folder}/`), [folder]);
    bucket.put(key(0, "logs/archive/2026/11/21/03/quiet/"), ["alone"]);
    for (const other of ["rejected", "dead-letter"]) bucket.put(key(0, `logs/${other}/2026/11/21/03/foo/`), ["x"]);
    bucket.put("logs/archive/2026/11/21/03/notes.gz", ["y"]);
    bucket.put(`${FOLDER}README.md`, ["z"]);
    const before = bucket.lines().sort();

    await run({ bucket });

    expect(
      bucket
        .keys()
        .filter((one) => one.includes("compacted"))
        .map((one) => one.slice(24)),
    ).toEqual([
      "01/foo/compacted-000000.gz",
      "02/foo/compacted-000000.gz",
      "02/stream=apps/compacted-000000.gz",
      "03/foo/compacted-000000.gz",
    ]);
    expect(bucket.lines().sort()).toEqual(before);
  });

  it("compacts late objects beside a compacted one, and writes no compacted one again", async () => {
    const bucket = new ConditionalBucket();
    for (let i = 0; i < 3; i++) bucket.put(key(i), [`early ${i}`]);
    await run({ bucket });
    bucket.put(key(7), ["late 7"]);
    await run({ bucket });
    expect(shown(bucket)).toEqual(["03/foo/compacted-000000.gz", "03/foo/shardId-000000000000-49567.gz"]);
    bucket.put(key(8), ["late 8"]);
    const { report } = await run({ bucket });

    expect(shown(bucket)).toEqual(["03/foo/compacted-000000.gz", "03/foo/compacted-000001.gz"]);
    expect(bucket.lines()).toEqual(["early 0", "early 1", "early 2", "late 7", "late 8"]);
    expect(report).toMatchObject({ CompactedObjects: 1, DeletedObjects: 2 });
    bucket.requests.length = 0;
    await run({ bucket });
    expect(bucket.requests.filter((one) => !one.startsWith("LIST"))).toEqual(["GET ?object-lock"]);
  });

  it("makes several objects of more than one is to hold", async () => {
    const bucket = new ConditionalBucket();
    // What does not get smaller.
    const noise = Array.from(
      { length: 7 },
      (_, i) =>
        `${i}${Array.from({ length: 90 }, (_, j) => createHash("sha256").update(`${i} ${j}`).digest("base64")).join("")}`,
    );
    for (const [i, line] of noise.entries()) bucket.put(key(i), [line]);
    const parts = Math.ceil((bucket.objects.get(key(1))!.length * 7) / 10_000);
    await run({ bucket });

    expect(parts).toBeGreaterThan(1);
    expect(shown(bucket).filter((one) => one.includes("compacted")).length).toBeGreaterThan(1);
    expect(bucket.lines().sort()).toEqual(noise);
  });

  it("leaves a damaged object, and says which", async () => {
    const bucket = new ConditionalBucket();
    for (let i = 0; i < 4; i++) bucket.put(key(i), [`line ${i}`]);
    bucket.objects.set(key(1), bucket.objects.get(key(1))!.subarray(0, -6));
    bucket.objects.set(key(2), Buffer.concat([archivedLines(["line 2"]), Buffer.from([0]), gzipSync("hidden\n")]));
    const { report, logged, error } = await run({ bucket });

    expect(error).toBeUndefined();
    expect(report).toMatchObject({ DamagedObjects: 2, DeletedObjects: 2 });
    expect(logged.slice(0, 2)).toEqual([
      { damaged: key(1), because: "unexpected end of file" },
      { damaged: key(2), because: expect.stringMatching(/^\d+ bytes follow its last member$/) },
    ]);
    expect(bucket.keys()).toEqual([`${FOLDER}compacted-000000.gz`, key(1), key(2)]);
  });

  it("ends each object's last line, where that is not ended", async () => {
    const bucket = new ConditionalBucket();
    bucket.objects.set(key(0), gzipSync("first\nsecond"));
    bucket.objects.set(key(1), gzipSync(""));
    bucket.objects.set(key(2), gzipSync("third\n"));
    await run({ bucket });
    expect(gunzipSync(bucket.objects.get(`${FOLDER}compacted-000000.gz`)!).toString()).toBe("first\nsecond\nthird\n");
  });

  it("deletes nothing when what it reads back is not what it wrote", async () => {
    for (const damage of [(body: Buffer) => body.subarray(0, -9), () => gzipSync("other\n"), swappedLines]) {
      const bucket = new ConditionalBucket();
      for (let i = 0; i < 2; i++) bucket.put(key(i), [`line ${i}`]);
      const client = bucket.client();
      const damaged = {
        ...client,
        create: (name: string, body: Buffer, metadata: Readonly<Record<string, string>>) =>
          client.create(name, damage(body), metadata),
      };
      bucket.client = () => damaged;
      const { error, report, logged } = await run({ bucket });

      expect(error).toMatchObject({ code: "ARCHIVE_NOT_COMPACTED" });
      expect(report).toMatchObject({ FailedPlaces: 1, failures: { "archive: ARCHIVE_NOT_COMPACTED": 1 } });
      expect(logged[0]).toMatchObject({
        notCompacted: FOLDER,
        because: expect.stringContaining("compacted-000000.gz"),
      });
      expect(bucket.keys()).toEqual(expect.arrayContaining([key(0), key(1)]));
    }
  });

  it("refuses a bucket with Object Lock, and changes nothing there", async () => {
    const bucket = new ConditionalBucket();
    bucket.hasLock = true;
    for (let i = 0; i < 2; i++) bucket.put(key(i), ["line"]);
    const { error, report } = await run({ bucket });

    expect(error).toMatchObject({
      code: "ARCHIVE_LOCKED",
      message: expect.stringContaining("Remove archive_compaction"),
    });
    expect(report).toMatchObject({ errorCode: "ARCHIVE_LOCKED" });
    expect(bucket.requests).toEqual(["GET ?object-lock"]);
  });

  it("goes on at the next run where its time was over", async () => {
    const bucket = new ConditionalBucket();
    for (const hour of ["01", "02", "03"])
      for (let i = 0; i < 2; i++) bucket.put(key(i, `logs/archive/2026/11/21/${hour}/foo/`), [`${hour} ${i}`]);
    const before = bucket.lines();
    let left = 12;
    const { error, report } = await run({ bucket, remaining: () => (left-- > 0 ? 60_000 : 5_000) });

    expect(error).toBeUndefined();
    expect(report.PostponedHours).toBeGreaterThan(0);
    expect(bucket.lines()).toEqual(before);
    expect(await run({ bucket })).toMatchObject({ error: undefined, report: { PostponedHours: 0 } });
    expect(shown(bucket)).toEqual(["01", "02", "03"].map((hour) => `${hour}/foo/compacted-000000.gz`));
    expect(bucket.lines()).toEqual(before);
  });

  it("compacts the hours that an event asks for, but none that is too young", async () => {
    const bucket = new ConditionalBucket();
    for (const day of ["01", "20", "22"])
      for (let i = 0; i < 2; i++) bucket.put(key(i, `logs/archive/2026/11/${day}/04/foo/`), [day]);
    await run({ bucket, event: { from: "2026-11-01T00:00Z", to: "2026-12-01T00Z" } });

    expect(shown(bucket).map((one) => one.replace(/.*\//, ""))).toEqual([
      "compacted-000000.gz",
      "compacted-000000.gz",
      "shardId-000000000000-49560.gz",
      "shardId-000000000000-49561.gz",
    ]);
  });

  it.each([
    [{ from: "yesterday" }, 'from = "yesterday" and to = undefined'],
    [{ from: "2026-11-02T00Z", to: "2026-11-01T00Z" }, 'to = "2026-11-01T00Z", which is not after from'],
    [{ from: 5, to: "2026-13-01T00Z" }, 'from = 5 and to = "2026-13-01T00Z"'],
  ])("rejects the event %j", async (event, said) => {
    const { error } = await run({ bucket: new ConditionalBucket(), event });
    expect(error).toMatchObject({ code: "INVALID_EVENT", message: expect.stringContaining(said) });
    expect(error!.message).toContain("2026-11-21T03:00Z");
  });

  it.each([
    ["in the metadata", 1],
    ["behind the data", 200],
  ])("adds up the receipts of what it compacts: %s", async (_, groups) => {
    const bucket = new ConditionalBucket();
    const sum = new Receipt();
    for (let i = 0; i < 3; i++) {
      const own = new Receipt();
      for (let group = 0; group < groups; group++)
        own.add(
          { account: "123456789012", logGroup: `/app/${group}` },
          { ...noEvents(493_000), events: i + 1, fingerprint: { high: i, low: group } },
        );
      sum.addAll(own);
      const { metadata, tail } = objectReceipt(own);
      bucket.objects.set(key(i), Buffer.concat([archivedLines([`line ${i}`]), tail]));
      bucket.metadata.set(key(i), metadata);
    }
    await run({ bucket });

    const name = `${FOLDER}compacted-000000.gz`;
    const object = bucket.objects.get(name)!;
    const receipt = await readReceipt(bucket.metadata.get(name)!, async (count) => object.subarray(-count));
    expect(receipt!.rows()).toEqual(sum.rows());
    expect(bucket.lines()).toEqual(["line 0", "line 1", "line 2"]);
  });

  it("has no receipt where one of the objects had none: whoever needs one reads the lines", async () => {
    const bucket = new ConditionalBucket();
    for (let i = 0; i < 2; i++) bucket.put(key(i), [`line ${i}`]);
    bucket.metadata.set(key(0), objectReceipt(new Receipt()).metadata);
    await run({ bucket });
    expect(Object.keys(bucket.metadata.get(`${FOLDER}compacted-000000.gz`)!)).toEqual(["compacted", "lines"]);
  });
});

/** Another order, with the manifest of the right one. */
function swappedLines(body: Buffer): Buffer {
  const headerEnd = 12 + body.readUInt16LE(10);
  const swapped = gzipSync("line 1\nline 0\n");
  return Buffer.concat([body.subarray(0, headerEnd), swapped.subarray(10)]);
}
