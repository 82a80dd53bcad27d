import { gzipSync } from "node:zlib";
import type { KinesisStreamEvent } from "aws-lambda";
import { ARRIVAL, envelope, kinesisEvent, kinesisStreamRecord, logEvent } from "../support/kinesis";
import type { AcceptedRecord, KinesisServer } from "../support/kinesis-server";
import { archiveByForwarder, forwarded, giveUp, type ReplayHost, startReplayToStream, table } from "../support/replay";
import { MAPPING_CONFLICT } from "../support/search-engine";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const RANGE = ["--from", "2026-11-15", "--to", "2026-11-22"];
const LONG_RANGE = ["--from", "2026-11-15", "--to", "2026-12-04"];
const STREAM = ["--sink", "stream", "--stream", "pipeline_foo"];
const SETTINGS = { timeField: "at" };

let host: ReplayHost;
let kinesis: KinesisServer;
beforeEach(async () => {
  ({ host, kinesis } = await startReplayToStream("pipeline_foo"));
});
afterEach(() => Promise.all([host.stop(), kinesis.stop()]));

const lines = [
  { "event.id": "01KAJ9Y7TZ8Q4W6C2V0M5N1R3S", at: "2026-11-20T23:00:00Z" },
  { at: "2026-11-18T00:00:00Z" },
  { event: { id: "not random" } },
].map((line) => JSON.stringify(line));
const odd = { ...logEvent(3), id: "7", timestamp: ARRIVAL - 20 * DAY_MS };
const first = kinesisEvent(
  envelope([logEvent(1), logEvent(2, "a week ago", ARRIVAL - 6 * DAY_MS)]),
  { ...envelope([]), logEvents: [odd, { message: "neither id nor time" }] },
  gzipSync([...lines, "text"].join("\n")),
);

/** What Lambda gets when the records of a replay arrive, 12 days later in another shard. */
const arrived = (records: readonly AcceptedRecord[]): KinesisStreamEvent => ({
  Records: records.map(({ Data, PartitionKey }, n) => {
    const record = kinesisStreamRecord(100 + n, Buffer.from(Data, "base64"), 1);
    Object.assign(record.kinesis, {
      partitionKey: PartitionKey,
      approximateArrivalTimestamp: (ARRIVAL + 12 * DAY_MS) / 1000,
    });
    return record;
  }),
});

/** Puts into the host's bucket what is kept of records that arrived. */
const KINDS: Record<string, (event: KinesisStreamEvent) => Promise<unknown>> = {
  archive: (event) => archiveByForwarder(host, [event], undefined, SETTINGS),
  rejected: (event) =>
    archiveByForwarder(
      host,
      [event],
      (engine) => {
        engine.reject = () => MAPPING_CONFLICT;
      },
      SETTINGS,
    ),
  "dead-letter": (event) => archiveByForwarder(host, [event], undefined, { ...SETTINGS, recordMaxBytes: 1 }),
  undelivered: async (event) => giveUp(host, event, 20 * HOUR_MS),
};

/** A time field is asked for where records are kept as they came. */
const optionsOf = (kind: string) => ["--kind", kind, ...(/^[du]/.test(kind) ? ["--time-field", "at"] : [])];

describe("records that npm run replay puts into a stream", () => {
  it.each(Object.keys(KINDS))("become the same documents as at their first arrival: --kind %s", async (kind) => {
    await KINDS[kind]!(first);
    const { exitCode, stdout } = await host.run(...RANGE, ...optionsOf(kind), ...STREAM);
    expect([exitCode, table(stdout).delivered]).toEqual([0, 8]);

    const documents = (await forwarded([first], SETTINGS)).engine.documents;
    expect(documents.size).toBe(8);
    for (const fastPath of [true, false]) {
      const { engine } = await forwarded([arrived(kinesis.accepted)], { ...SETTINGS, fastPath });
      expect(engine.documents).toEqual(documents);
    }
  });

  it.each(["archive", "dead-letter", "undelivered"])(
    "become the same documents even if the second arrival ends in %s, too",
    async (kind) => {
      await KINDS.archive!(first);
      await host.run(...RANGE, ...STREAM);
      host.s3.objects.clear();
      const second = arrived(kinesis.accepted);
      if (kind === "undelivered") giveUp(host, second, 12 * DAY_MS + HOUR_MS);
      else await KINDS[kind]!(second);

      const { exitCode } = await host.run(...LONG_RANGE, ...optionsOf(kind));
      expect(exitCode).toBe(0);
      expect(host.engine.documents).toEqual((await forwarded([first], SETTINGS)).engine.documents);
    },
  );
});
