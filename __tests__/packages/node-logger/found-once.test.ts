import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KinesisLogger, type KinesisLoggerOptions } from "../../../packages/node-logger/src";
import { MemoryBucket } from "../../support/bucket";
import { invoke, unzipInto, zipOf } from "../../support/function-zip";
import { type HttpServer, serve } from "../../support/http-server";
import { acceptedLines } from "../../support/installed-logger";
import { kinesisEvent } from "../../support/kinesis";
import { startKinesis } from "../../support/kinesis-server";
import { QUEUE_FULL, SearchEngine } from "../../support/search-engine";

const LINES = 300;

describe("a line that is logged", () => {
  const folder = mkdtempSync(join(tmpdir(), "found-once-"));
  const servers: HttpServer[] = [];

  beforeAll(() => unzipInto(folder, zipOf("forwarder")));
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));
  afterAll(() => rmSync(folder, { recursive: true }));

  async function started<Fake extends Parameters<typeof serve>[0]>(fake: Fake): Promise<string> {
    const server = await serve(fake);
    servers.push(server);
    return server.origin;
  }

  it.each<[string, KinesisLoggerOptions]>([
    ["packed", {}],
    ["packed and gzipped", { compress: "gzip" }],
    ["a record each, in the format plain", { pack: false, format: "plain" }],
  ])("is found once, though the stream throttles and resets, and so does search: %s", async (_, options) => {
    const kinesis = await startKinesis("app");
    servers.push(kinesis);
    let records = 0;
    kinesis.reject = () => (++records % 3 === 0 ? "ProvisionedThroughputExceededException" : undefined);
    // The first request has the first line alone, and is accepted: that line comes twice.
    kinesis.resets = (request) => request % 3 === 1;
    const clientConfig = {
      endpoint: kinesis.origin,
      region: "eu-central-1",
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
    };
    const warnings: string[] = [];
    const onWarning = ({ kind }: { kind: string }) => warnings.push(kind);
    const logger = new KinesisLogger("app", { clientConfig, recordBytes: 3_000, onWarning, ...options });
    for (let n = 0; n < LINES; n++) {
      logger.info(`line ${n}`, { n, text: "x".repeat(200) });
      if (n % 100 === 0) await logger.flush(60);
    }
    expect(await logger.close(60)).toBe(true);
    expect(logger.stats()).toMatchObject({ accepted: LINES, delivered: LINES, pending: 0 });
    expect(new Set(warnings)).toEqual(new Set(["network", "throttled"]));
    expect(acceptedLines(kinesis).length).toBeGreaterThan(LINES);

    const engine = new SearchEngine();
    let items = 0;
    engine.reject = () => (++items % 4 === 0 ? QUEUE_FULL : undefined);
    const env = {
      SEARCH_ENDPOINT: await started(engine),
      ARCHIVE_BUCKET: "the-archive",
      AWS_ENDPOINT_URL_S3: await started(new MemoryBucket()),
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: "a",
      AWS_SECRET_ACCESS_KEY: "b",
    };
    const event = kinesisEvent(...kinesis.accepted.map(({ Data }) => Buffer.from(Data, "base64")));
    // Lambda may deliver a batch twice.
    for (let i = 0; i < 2; i++) {
      const { lines } = await invoke(folder, env, event);
      expect(lines.at(-1)).toBe('{"batchItemFailures":[]}');
    }
    const messages = [...engine.documents.values()].map(({ message }) => message);
    expect(messages.sort()).toEqual(Array.from({ length: LINES }, (_, n) => `line ${n}`).sort());
  });
});
