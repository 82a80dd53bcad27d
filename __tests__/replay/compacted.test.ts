import type { KinesisStreamEvent } from "aws-lambda";
import { compactBeside, compactObjects } from "../support/compacted";
import { envelope, kinesisEvent, kinesisStreamRecord, logEvent } from "../support/kinesis";
import type { KinesisServer } from "../support/kinesis-server";
import { archiveByForwarder, forwarded, type ReplayHost, startReplayToStream, table } from "../support/replay";
import { s3Error } from "../support/s3-server";

const RANGE = ["--from", "2026-11-21T02", "--to", "2026-11-21T04"];
const TO_STREAM = [...RANGE, "--sink", "stream", "--stream", "pipeline_foo"];

let host: ReplayHost;
let kinesis: KinesisServer;
beforeEach(async () => {
  ({ host, kinesis } = await startReplayToStream("pipeline_foo"));
});
afterEach(() => Promise.all([host.stop(), kinesis.stop()]));

/** One batch; each becomes an object of each log group. */
const batch = (n: number): KinesisStreamEvent => ({
  Records: ["foo", "bar"].map((logGroup, i) =>
    kinesisStreamRecord(10 * n + i, envelope([logEvent(10 * n), logEvent(10 * n + 1)], { logGroup })),
  ),
});

const batches = (...numbers: number[]) => numbers.map(batch);
const kept = () => [...host.s3.objects.keys()].map((key) => key.slice("archive/2026/11/21/03/".length)).sort();
const dataOf = ({ Data }: { Data: string }): Buffer => Buffer.from(Data, "base64");

describe("npm run replay of compacted objects", () => {
  it("delivers the documents of the originals, from them, beside them and beside late ones", async () => {
    const { documents } = await forwarded(batches(0, 1, 2, 3)).then(({ engine }) => engine);
    await archiveByForwarder(host, batches(0, 1, 2));
    const originals = await compactBeside(host.s3);
    const late = await archiveByForwarder(host, batches(3));
    expect(late.documents.size).toBe(4);
    const mixed = await host.run(...RANGE);
    expect([mixed.exitCode, table(mixed.stdout)]).toEqual([
      0,
      { objects: 10, "events found": 28, delivered: 16, "already indexed": 12 },
    ]);
    expect(host.engine.documents).toEqual(documents);

    for (const key of originals) host.s3.objects.delete(key);
    expect(kept()).toEqual(
      ["bar", "foo"].flatMap((place) => [
        `${place}/compacted-000000.gz`,
        expect.stringMatching(`^${place}/shardId-\\d+-\\d+\\.gz$`),
      ]),
    );
    host.engine.documents.clear();
    const compacted = await host.run(...RANGE);
    expect([compacted.exitCode, table(compacted.stdout)]).toEqual([
      0,
      { objects: 4, "events found": 16, delivered: 16 },
    ]);
    expect(host.engine.documents).toEqual(documents);
    const before = kept();
    const group = await host.run(...RANGE, "--log-group", "bar");
    expect(table(group.stdout)).toEqual({ objects: 2, "events found": 8, "already indexed": 8 });
    expect(kept()).toEqual(before);
  });

  it("puts the originals' records into a stream, whose forwarder indexes and archives each event once", async () => {
    const { documents } = await archiveByForwarder(host, batches(0, 1, 2));
    await compactObjects(host.s3);
    const { exitCode, stdout } = await host.run(...TO_STREAM);
    expect([exitCode, table(stdout)]).toEqual([0, { objects: 2, "events found": 12, delivered: 12 }]);
    const { engine } = await forwarded([kinesisEvent(...kinesis.accepted.map(dataOf))]);
    expect(engine.documents).toEqual(documents);
  });

  it("goes on behind objects that were compacted since the run was interrupted", async () => {
    const { documents } = await archiveByForwarder(host, batches(0, 1, 2));
    const [first] = [...host.s3.objects.keys()];
    // As long as the run is listing, they are there.
    host.s3.intercept = ({ target }, response) => {
      if (!/shardId-[^/]*$/.test(target.split("?")[0]!) || target.includes(first!)) return false;
      s3Error(response, 404, "NoSuchKey", "The specified key does not exist.");
      return true;
    };
    const begun = await host.run(...RANGE);
    expect(begun.exitCode).toBe(1);
    const { delivered } = table(begun.stdout);
    expect([host.journals().length, delivered]).toEqual([1, host.engine.documents.size]);
    host.s3.intercept = () => false;
    await compactObjects(host.s3);
    const { exitCode, stdout } = await host.run(...RANGE);
    expect([exitCode, table(stdout)]).toEqual([
      0,
      { objects: 2, "events found": 12, delivered: 12 - delivered!, "already indexed": delivered },
    ]);
    expect(host.engine.documents).toEqual(documents);
    expect(host.journals()).toEqual([]);
  });
});
