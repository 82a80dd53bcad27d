import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MemoryBucket } from "../../support/bucket";
import { invoke, unzipInto, zipOf } from "../../support/function-zip";
import { serve } from "../../support/http-server";
import { envelope, kinesisEvent, logEvent } from "../../support/kinesis";
import { SearchEngine } from "../../support/search-engine";

const WITHOUT_ENCODER = "without-encoder.cjs";

/** Of the WASM module only what hashes ids runs. */
const BREAK_ENCODER = `
const { Instance } = WebAssembly;
const fail = () => { throw new Error("the encoder runs"); };
WebAssembly.Instance = function (wasm) {
  const exports = Object.entries(new Instance(wasm).exports);
  return { exports: Object.fromEntries(exports.map(([name, value]) =>
    [name, typeof value === "function" && name !== "hashId" ? fail : value])) };
};
`;
const EVENT = kinesisEvent(
  envelope([logEvent(1), logEvent(2, '{"level":"info"}'), logEvent(3, '{"cloud":"gcp"}')]),
  envelope([logEvent(4, "caf\u00e9\n")], { logGroup: "bar" }),
);

describe("the built zip's FAST_PATH", () => {
  const folder = mkdtempSync(join(tmpdir(), "fast-path-"));

  beforeAll(() => {
    unzipInto(folder, zipOf("forwarder"));
    writeFileSync(join(folder, WITHOUT_ENCODER), BREAK_ENCODER);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Invokes the function once with further variables, and returns what it left behind. */
  async function delivered(variables: Record<string, string>) {
    const engine = new SearchEngine();
    const bucket = new MemoryBucket();
    const [search, s3] = [await serve(engine), await serve(bucket)];
    try {
      const { exitCode, stderr } = await invoke(
        folder,
        {
          SEARCH_ENDPOINT: search.origin,
          ARCHIVE_BUCKET: "the-archive",
          AWS_ENDPOINT_URL_S3: s3.origin,
          AWS_REGION: "eu-central-1",
          AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
          AWS_SECRET_ACCESS_KEY: "secret",
          ...variables,
        },
        EVENT,
      );
      return { exitCode, stderr, documents: [...engine.documents], archive: bucket.lines("the-archive/archive/") };
    } finally {
      await Promise.all([search.stop(), s3.stop()]);
    }
  }

  it("changes neither the documents nor the archive", async () => {
    const off = await delivered({ FAST_PATH: "off" });
    expect(off).toMatchObject({ exitCode: 0, stderr: "" });
    expect(off.documents).toHaveLength(4);
    expect(off.archive).toHaveLength(2);
    expect(await delivered({})).toEqual(off);
  });

  it("leaves all of the encoder alone when it is off but its hash, and only then", async () => {
    const NODE_OPTIONS = `--require ./${WITHOUT_ENCODER}`;
    const off = await delivered({ NODE_OPTIONS, FAST_PATH: "off" });
    expect(off).toMatchObject({ exitCode: 0, stderr: "" });
    expect(off.documents).toHaveLength(4);
    const on = await delivered({ NODE_OPTIONS, FAST_PATH: "on" });
    expect(on).toMatchObject({ exitCode: 1, documents: [] });
    expect(on.stderr).toContain("the encoder runs");
  });
});
