import { gunzipSync } from "node:zlib";
import { ARRIVAL, envelope, kinesisEvent, logEvent } from "../support/kinesis";
import type { KinesisServer } from "../support/kinesis-server";
import { archiveByForwarder, forwarded, type ReplayHost, startReplayToStream, table } from "../support/replay";

const ARGS = ["--from", "2026-11-21T02", "--to", "2026-11-21T04", "--sink", "stream", "--stream", "pipeline_foo"];

let host: ReplayHost;
let kinesis: KinesisServer;
beforeEach(async () => {
  ({ host, kinesis } = await startReplayToStream("pipeline_foo"));
});
afterEach(() => Promise.all([host.stop(), kinesis.stop()]));

const one = (n: number) => envelope([logEvent(n)], { logStream: `stream-${n % 7}` });
const dataOf = (record: { Data: string }): Buffer => Buffer.from(record.Data, "base64");
const parsed = (record: { Data: string }): unknown => JSON.parse(gunzipSync(dataOf(record)).toString());

describe("npm run replay --sink stream", () => {
  it("puts the archive's envelopes, of selected events only, up to 500 in a request", async () => {
    const late = envelope([logEvent(2000), logEvent(2001, "late", ARRIVAL + 60 * 60 * 1000)]);
    const envelopes = Array.from({ length: 1200 }, (_, n) => one(n));
    await archiveByForwarder(host, [kinesisEvent(...envelopes, late)]);
    const { exitCode, stdout } = await host.run(...ARGS);
    expect([exitCode, table(stdout)]).toEqual([0, { objects: 1, "events found": 1201, delivered: 1201 }]);
    expect(kinesis.accepted.map(parsed)).toEqual([...envelopes, envelope([logEvent(2000)])]);
    expect(kinesis.sizes).toEqual([500, 500, 201]);
    expect(host.search.requests).toEqual([]);
  });

  it("keeps the records of a log stream in one shard, and so in order", async () => {
    await archiveByForwarder(host, [kinesisEvent(...Array.from({ length: 50 }, (_, n) => one(n)))]);
    await host.run(...ARGS);
    const keys = kinesis.accepted.map(
      (record) => `${(parsed(record) as { logStream: string }).logStream} ${record.PartitionKey}`,
    );
    expect(new Set(keys).size).toBe(7);
    expect(new Set(kinesis.accepted.map(({ PartitionKey }) => PartitionKey)).size).toBe(7);
  });

  it("rejects a record that cannot be decoded, which has no ids that would prevent duplicates", async () => {
    const junk = Buffer.from([0, 1, 0xff]);
    await archiveByForwarder(host, [kinesisEvent(junk)]);
    const { exitCode, stdout } = await host.run(...ARGS, "--kind", "dead-letter");
    expect([exitCode, kinesis.accepted, table(stdout)["rejected again"]]).toEqual([1, [], 1]);
  });

  it("gives the forwarder events with the ids of the same documents", async () => {
    const envelopes = Array.from({ length: 20 }, (_, n) => one(n));
    const { documents } = await archiveByForwarder(host, [kinesisEvent(...envelopes)]);
    await host.run(...ARGS);
    const { engine } = await forwarded([kinesisEvent(...kinesis.accepted.map(dataOf))]);
    expect(engine.documents).toEqual(documents);
  });

  it("puts again only the records that the stream did not accept", async () => {
    const envelopes = Array.from({ length: 30 }, (_, n) => one(n));
    await archiveByForwarder(host, [kinesisEvent(...envelopes)]);
    let turn = 0;
    kinesis.reject = () => (turn++ < 30 && turn % 3 === 0 ? "ProvisionedThroughputExceededException" : undefined);
    const { exitCode, stdout } = await host.run(...ARGS);
    expect([exitCode, table(stdout)]).toEqual([0, { objects: 1, "events found": 30, delivered: 30 }]);
    expect(kinesis.sizes).toEqual([30, 10]);
    expect(new Set(kinesis.accepted.map((record) => JSON.stringify(parsed(record)))).size).toBe(30);
  });

  it("delivers nothing, and reports why, when there is no such stream", async () => {
    await archiveByForwarder(host, [kinesisEvent(one(1))]);
    const { exitCode, stderr } = await host.run(...ARGS.slice(0, -1), "no_such");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("Stopped. Stream no_such accepts no records: ResourceNotFoundException");
  });
});
