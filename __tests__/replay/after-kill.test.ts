import { gunzipSync } from "node:zlib";
import type { KinesisStreamEvent } from "aws-lambda";
import { forward } from "../../functions/forwarder/forward";
import { failureObject } from "../../local/event-source-mapping/kinesis/on-failure";
import { prepareForwarding } from "../support/forwarding";
import { ARRIVAL, envelope, eventId, kinesisEvent, logEvent } from "../support/kinesis";
import { type ReplayHost, startReplayHost, table } from "../support/replay";
import { MAPPING_CONFLICT } from "../support/search-engine";

const RANGE = ["--from", "2026-11-21T02", "--to", "2026-11-21T04"];

let host: ReplayHost;
beforeEach(async () => {
  host = await startReplayHost();
});
afterEach(() => host.stop());

/** Puts what the forwarder left behind in bucket and index where a replay finds it. */
function handOver({ bucket, engine }: ReturnType<typeof prepareForwarding>): void {
  for (const [key, body] of bucket.objects) host.s3.put(key, body);
  for (const [id, document] of engine.documents) host.engine.documents.set(id, document);
}

/** The ids of all events that the bucket holds under `prefix`. */
function keptIds(prefix: string): string[] {
  const objects = [...host.s3.objects].filter(([key]) => key.startsWith(prefix));
  const lines = objects.flatMap(([, { body }]) => gunzipSync(body).toString().trimEnd().split("\n"));
  return lines.flatMap((line) => JSON.parse(line).logEvents.map(({ id }: { id: string }) => id)).sort();
}

const ids = (...numbers: number[]): string[] => numbers.map(eventId);

/** Writes what Lambda writes when the records are older than their maximum age. */
function ageOut(event: KinesisStreamEvent): void {
  const { key, body } = failureObject(
    { attempt: { records: event.Records, retryAttempts: 3, invocations: 4 }, condition: "RetryAttemptsExhausted" },
    { uuid: "6c1ff6d5-0000-4000-8000-000000000000", functionArn: "arn:function", streamArn: "arn:stream" },
    ARRIVAL + 3_600_000,
  );
  host.s3.put(key, Buffer.from(body));
}

describe("npm run replay, after the function was killed between S3 and its response", () => {
  it("finds an event already indexed that stays under rejected/, because a retry indexed it", async () => {
    const forwarding = prepareForwarding();
    const event = kinesisEvent(envelope([logEvent(1), logEvent(2)]));
    forwarding.engine.reject = ({ id }) => (id === eventId(2) ? MAPPING_CONFLICT : undefined);
    // Its response never reaches Lambda, which retries the batch.
    await forward(event, forwarding.io);
    forwarding.engine.reject = () => undefined;
    await forward(event, forwarding.io);
    handOver(forwarding);
    const index = new Map(host.engine.documents);
    expect([host.engine.ids().sort(), keptIds("rejected/")]).toEqual([ids(1, 2), ids(2)]);

    const { exitCode, stdout } = await host.run(...RANGE, "--kind", "rejected");
    expect([exitCode, table(stdout)]).toEqual([0, { objects: 1, "events found": 1, "already indexed": 1 }]);
    expect([host.engine.documents, keptIds("rejected/")]).toEqual([index, ids(2)]);
  });

  it("indexes each event once although the archive has records twice, and heals the archive from what aged out", async () => {
    const forwarding = prepareForwarding();
    const all = kinesisEvent(...[1, 2, 3].map((n) => envelope([logEvent(n)])));
    const [first, ...rest] = all.Records;
    await forward(all, forwarding.io);
    // Before the retry the first record ages out: the batch begins with the second, and so does its object.
    ageOut({ Records: [first!] });
    await forward({ Records: rest }, forwarding.io);
    handOver(forwarding);
    host.engine.documents.clear();
    expect(keptIds("archive/")).toEqual(ids(1, 2, 2, 3, 3));

    const archive = await host.run(...RANGE);
    expect(table(archive.stdout)).toEqual({ objects: 2, "events found": 5, delivered: 3, "already indexed": 2 });
    expect(host.engine.ids().sort()).toEqual(ids(1, 2, 3));

    const { exitCode, stdout } = await host.run(...RANGE, "--kind", "undelivered");
    expect([exitCode, table(stdout)]).toEqual([0, { objects: 1, "events found": 1, "already indexed": 1 }]);
    expect([host.engine.ids().sort(), keptIds("archive/")]).toEqual([ids(1, 2, 3), ids(1, 2, 3)]);
  });
});
