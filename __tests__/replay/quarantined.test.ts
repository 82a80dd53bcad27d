import { Readable } from "node:stream";
import { gunzipSync, gzipSync } from "node:zlib";
import { aggregated } from "../../soak/traffic/aggregated";
import { ARRIVAL, CONTROL_MESSAGE, documentIdOf, envelope, eventId, kinesisEvent, logEvent } from "../support/kinesis";
import { archiveByForwarder, forwarded, giveUp, type ReplayHost, startReplayHost, table } from "../support/replay";
import { s3Error } from "../support/s3-server";
import { MAPPING_CONFLICT } from "../support/search-engine";

const HOUR_MS = 60 * 60 * 1000;
const RANGE = ["--from", "2026-11-21T02", "--to", "2026-11-21T04"];
const JUNK = Buffer.from([0, 1, 2, 0xff]);

let host: ReplayHost;
beforeEach(async () => {
  host = await startReplayHost();
});
afterEach(() => host.stop());

const foo = envelope([logEvent(1), logEvent(2, '{"level":"info"}'), logEvent(3)]);
const bar = envelope([logEvent(4)], { logGroup: "bar" });

/** What the bucket holds under `prefix`, inflated. */
function kept(prefix: string): Map<string, string> {
  const objects = [...host.s3.objects].filter(([key]) => key.startsWith(prefix));
  return new Map(objects.map(([key, { body }]) => [key, gunzipSync(body).toString()]));
}

describe("npm run replay --kind rejected", () => {
  const rejectInfo = (engine: ReplayHost["engine"]) => {
    engine.reject = ({ document }) => (JSON.stringify(document).includes("info") ? MAPPING_CONFLICT : undefined);
  };

  it("indexes rejected events after the mapping was fixed, and archives nothing again", async () => {
    const { documents } = await archiveByForwarder(host, [kinesisEvent(foo)], rejectInfo);
    expect(documents.size).toBe(2);
    const before = new Map(host.s3.objects);
    const { exitCode, stdout } = await host.run(...RANGE, "--kind", "rejected");
    expect([exitCode, table(stdout)]).toEqual([0, { objects: 1, "events found": 1, delivered: 1 }]);
    const whole = await forwarded([kinesisEvent(foo)]);
    expect(new Map([...documents, ...host.engine.documents])).toEqual(whole.engine.documents);
    expect(host.s3.objects).toEqual(before);
  });

  it("counts events that are rejected again, exits with 1, and retries them by the same command", async () => {
    await archiveByForwarder(host, [kinesisEvent(foo)], rejectInfo);
    rejectInfo(host.engine);
    for (let i = 0; i < 2; i++) {
      const { exitCode, stdout } = await host.run(...RANGE, "--kind", "rejected");
      expect([exitCode, table(stdout)]).toEqual([1, { objects: 1, "events found": 1, "rejected again": 1 }]);
    }
    expect(host.journals()).toEqual([]);
  });

  it("retries rejected events when a failed run is continued", async () => {
    const [one, two] = [1, 2].map((n) => envelope([logEvent(n, '{"level":"info"}')], { logGroup: `group-${n}` }));
    await archiveByForwarder(host, [kinesisEvent(one, two)], rejectInfo);
    rejectInfo(host.engine);
    host.s3.intercept = ({ target }, response) => {
      if (!target.includes("/group-2/")) return false;
      s3Error(response, 403, "InvalidObjectState", "archived");
      return true;
    };
    const failed = await host.run(...RANGE, "--kind", "rejected");
    expect(table(failed.stdout)).toMatchObject({ "rejected again": 1, "objects failed": 1 });
    host.s3.intercept = () => false;
    host.engine.reject = () => undefined;
    const { exitCode, stdout } = await host.run(...RANGE, "--kind", "rejected");
    expect([exitCode, table(stdout)]).toEqual([0, { objects: 2, "events found": 2, delivered: 2 }]);
  });

  it("prints the rejection of each event on stdout", async () => {
    await archiveByForwarder(host, [kinesisEvent(foo)], rejectInfo);
    const { stdout } = await host.run(...RANGE, "--kind", "rejected", "--sink", "stdout");
    expect(JSON.parse(stdout)).toMatchObject({
      id: eventId(2),
      rejection: expect.stringMatching(/^400 mapper_parsing/),
    });
  });
});

describe("npm run replay --kind dead-letter", () => {
  it("counts records that still cannot be decoded as rejected, and leaves them where they are", async () => {
    await archiveByForwarder(host, [kinesisEvent(foo, JUNK)]);
    const before = new Map(host.s3.objects);
    const { exitCode, stdout } = await host.run(...RANGE, "--kind", "dead-letter");
    expect([exitCode, table(stdout)]).toEqual([1, { objects: 1, "events found": 1, "rejected again": 1 }]);
    expect(host.s3.objects).toEqual(before);
  });

  it("delivers and archives records that can be decoded now, like the forwarder", async () => {
    // The forwarder of the tests accepts 1 MiB.
    const large = envelope([logEvent(7, "x".repeat(2 * 1024 * 1024))]);
    const event = kinesisEvent(JUNK, foo, large);
    await archiveByForwarder(host, [event]);
    const { stdout } = await host.run(...RANGE, "--kind", "dead-letter");
    expect(table(stdout)).toEqual({ objects: 2, "events found": 2, delivered: 1, "rejected again": 1 });
    const { engine } = await forwarded([event], { recordMaxBytes: 2 ** 28 });
    const id = `cwl-foo-2026.11.21/${documentIdOf(7)}`;
    expect([...host.engine.documents.keys()]).toEqual([id]);
    expect(host.engine.documents.get(id)!.message === engine.documents.get(id)!.message).toBe(true);
    const { sequenceNumber } = event.Records[2]!.kinesis;
    const archived = kept("archive/").get(`archive/2026/11/21/03/foo/shardId-000000000000-${sequenceNumber}.gz`);
    expect(archived === `${JSON.stringify(large)}\n`).toBe(true);
  });

  it("writes the receipt that the forwarder would have written", async () => {
    const large = envelope([logEvent(7, "x".repeat(2 * 1024 * 1024)), logEvent(8)]);
    const event = kinesisEvent(large);
    await archiveByForwarder(host, [event]);
    await host.run(...RANGE, "--kind", "dead-letter");
    const { bucket } = await forwarded([event], { recordMaxBytes: 2 ** 28 });
    const [key] = bucket.keys("archive/");
    const { receipt } = host.s3.objects.get(key!)!.metadata;
    expect(receipt).toMatch(/^\{"2026-11-21T\d\d":\{"\d{12}":\{"foo":\[2,"[0-9a-f]{16}"\]\}\}\}$/);
    expect(receipt).toBe(bucket.metadata.get(key!)!.receipt);
  });

  it("delivers a user record of an aggregate without touching what the forwarder archived of its neighbours", async () => {
    const large = Buffer.from(`${"x".repeat(1024 * 1024)}\ny`);
    const users = [gzipSync(JSON.stringify(foo)), gzipSync(large), Buffer.from("z"), gzipSync(JSON.stringify(bar))];
    const event = kinesisEvent(aggregated(users), envelope([logEvent(9)]));
    const { documents } = await archiveByForwarder(host, [event]);
    const before = new Map(host.s3.objects);
    const { stdout } = await host.run(...RANGE, "--kind", "dead-letter");
    expect(table(stdout)).toEqual({ objects: 1, "events found": 2, delivered: 2 });
    const { engine } = await forwarded([event], { recordMaxBytes: 2 ** 28 });
    expect(new Map([...documents, ...host.engine.documents])).toEqual(engine.documents);
    for (const [key, object] of before) expect(host.s3.objects.get(key)).toEqual(object);
    const { sequenceNumber } = event.Records[0]!.kinesis;
    const added = [...host.s3.objects.keys()].filter((key) => !before.has(key));
    expect(added).toEqual([expect.stringMatching(`^archive/.*/shardId-000000000000-${sequenceNumber}\\.1\\.gz$`)]);
    const again = await host.run(...RANGE, "--kind", "archive");
    expect(table(again.stdout)).toMatchObject({ objects: 4, "events found": 8, "already indexed": 2, delivered: 6 });
    expect(host.engine.documents).toEqual(engine.documents);
  });

  it("takes a record apart that had too many parts for an invocation", async () => {
    const many = Array.from({ length: 120 }, (_, n) =>
      Buffer.from(JSON.stringify(envelope([logEvent(n)], { logGroup: `g${n}` }))),
    );
    const event = kinesisEvent(aggregated([...many, JUNK]));
    expect((await archiveByForwarder(host, [event])).documents.size).toBe(0);
    const { stdout } = await host.run(...RANGE, "--kind", "dead-letter");
    expect(table(stdout)).toEqual({ objects: 1, "events found": 121, delivered: 120, "rejected again": 1 });
    expect([...kept("archive/").keys()]).toHaveLength(120);
    const [junk] = [...host.s3.objects].filter(([key]) => key.endsWith(".120"));
    expect(junk![1].body).toEqual(JUNK);
  });

  it("selects undecodable records by their arrival", async () => {
    const early = kinesisEvent(JUNK);
    early.Records[0]!.kinesis.approximateArrivalTimestamp = (ARRIVAL - 90 * 60_000) / 1000;
    await archiveByForwarder(host, [early]);
    expect(table((await host.run(...RANGE, "--kind", "dead-letter")).stdout)).toEqual({ objects: 1 });
  });

  it("leaves undecodable records, which have no log group, out of the replay of one log group", async () => {
    await archiveByForwarder(host, [kinesisEvent(foo, JUNK)]);
    const { exitCode, stdout } = await host.run(...RANGE, "--kind", "dead-letter", "--log-group", "foo");
    expect([exitCode, table(stdout)]).toEqual([0, { objects: 1 }]);
  });
});

describe("npm run replay --kind undelivered", () => {
  it("delivers records that the mapping discarded, and archives them as the forwarder would have", async () => {
    const event = kinesisEvent(foo, bar, CONTROL_MESSAGE, JUNK);
    giveUp(host, event, 20 * HOUR_MS);
    const { exitCode, stdout, stderr } = await host.run(...RANGE, "--kind", "undelivered");
    expect(stderr).not.toContain("Error");
    expect(table(stdout)).toEqual({ objects: 1, "events found": 5, delivered: 4, "rejected again": 1 });
    expect(exitCode).toBe(1);
    const { engine, bucket } = await forwarded([event]);
    expect(host.engine.documents).toEqual(engine.documents);
    const archived = [...host.s3.objects].filter(([key]) => !key.startsWith("aws/lambda/"));
    expect(new Map(archived.map(([key, { body }]) => [key, body]))).toEqual(bucket.objects);
    expect(bucket.keys()).toHaveLength(3);
  });

  it("keeps events that the index rejects, as the forwarder does", async () => {
    const reject = (engine: ReplayHost["engine"]) => {
      engine.reject = ({ id }) => (id === eventId(2) ? MAPPING_CONFLICT : undefined);
    };
    reject(host.engine);
    giveUp(host, kinesisEvent(foo, bar), HOUR_MS);
    const { exitCode, stdout } = await host.run(...RANGE, "--kind", "undelivered");
    expect([exitCode, table(stdout)]).toEqual([
      1,
      { objects: 1, "events found": 4, delivered: 3, "rejected again": 1 },
    ]);
    const { bucket } = await forwarded([kinesisEvent(foo, bar)], {}, reject);
    expect([...kept("rejected/").values()].join("")).toBe(`${bucket.lines("rejected/").join("\n")}\n`);
  });

  it("finds records by the events' own time, up to the maximum age that a mapping allows", async () => {
    giveUp(host, kinesisEvent(foo), 7 * 24 * HOUR_MS);
    giveUp(host, kinesisEvent(envelope([logEvent(9, "later", ARRIVAL + HOUR_MS)])), 20 * HOUR_MS);
    const { stdout } = await host.run(...RANGE, "--kind", "undelivered");
    expect(table(stdout)).toMatchObject({ objects: 2, "events found": 3, delivered: 3 });
    expect(host.s3.listed).toContain(
      "aws/lambda/6c1ff6d5-0000-4000-8000-000000000000/shardId-000000000000/2026/11/28/",
    );
  });

  it("delivers a whole batch if one of its events is selected, because it is archived as one", async () => {
    giveUp(host, kinesisEvent(foo, bar), HOUR_MS);
    giveUp(host, kinesisEvent(envelope([logEvent(9)])), HOUR_MS);
    await host.run(...RANGE, "--kind", "undelivered", "--log-group", "bar");
    expect(host.engine.ids().sort()).toEqual([1, 2, 3, 4].map(eventId));
    expect([...kept("archive/").keys()]).toHaveLength(2);
  });

  it("prints only the selected events, although it would deliver the whole batch", async () => {
    const elsewhere = envelope([logEvent(8, "early", ARRIVAL - 5 * HOUR_MS)], { logGroup: "bar" });
    giveUp(host, kinesisEvent(foo, bar, elsewhere, envelope([])), HOUR_MS);
    const { exitCode, stdout, stderr } = await host.run(
      ...RANGE,
      "--kind",
      "undelivered",
      "--log-group",
      "bar",
      "--sink",
      "stdout",
    );
    expect([exitCode, table(stderr)]).toEqual([0, { objects: 1, "events found": 1, delivered: 1 }]);
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).id),
    ).toEqual([eventId(4)]);
  });

  it("rejects what is a decompression bomb to the forwarder, and delivers the others", async () => {
    giveUp(host, kinesisEvent(foo, gzipSync(Buffer.alloc(33 * 1024 * 1024, "x"))), HOUR_MS);
    const { stdout } = await host.run(...RANGE, "--kind", "undelivered");
    expect(table(stdout)).toEqual({ objects: 1, "events found": 4, delivered: 3, "rejected again": 1 });
  });

  it("delivers a record that the forwarder's limit made a dead letter, with a higher limit", async () => {
    const events = [7, 8, 9].map((n) => logEvent(n, "x".repeat(11 * 1024 * 1024)));
    const event = kinesisEvent(foo, envelope(events));
    giveUp(host, event, HOUR_MS);
    const { exitCode, stdout } = await host.run(...RANGE, "--kind", "undelivered", "--record-max-bytes", "67108864");
    expect([exitCode, table(stdout)]).toEqual([0, { objects: 1, "events found": 6, delivered: 6 }]);
    expect([...kept("dead-letter/").keys()]).toEqual([]);
  });

  it("names each object with a record that Lambda cannot have written, exits with 1, and delivers the others", async () => {
    const [record] = kinesisEvent(bar).Records;
    const within = (fields: object) => ({ kinesis: { ...record!.kinesis, ...fields } });
    const wrong: [object, string][] = [
      [within({ approximateArrivalTimestamp: 1e300 }), "arrival cannot be 1e+303"],
      [within({ approximateArrivalTimestamp: -1 }), "arrival cannot be -1000"],
      [{ eventID: "../../x:1" }, 'shardId cannot be "../../x"'],
      [within({ sequenceNumber: "1/2" }), 'sequenceNumber cannot be "1/2"'],
      [{ eventSourceARN: "stream" }, 'account cannot be ""'],
      [{ awsRegion: "here" }, 'region cannot be "here"'],
      [within({ partitionKey: "" }), "partitionKey has 0 characters"],
      [within({ data: "no base64" }), "data is no base64"],
    ];
    const key = (n: number) => `aws/lambda/mapping/shardId-000000000000/2026/11/21/${n}`;
    for (const [n, [fields]] of wrong.entries()) {
      const payload = JSON.stringify({ Records: [{ ...record, ...fields }] });
      host.s3.put(key(n), Buffer.from(JSON.stringify({ payload })));
    }
    giveUp(host, kinesisEvent(foo), HOUR_MS);
    const { exitCode, stdout } = await host.run(...RANGE, "--kind", "undelivered");
    expect([exitCode, table(stdout)]).toEqual([
      1,
      { objects: 9, "events found": 3, delivered: 3, "objects skipped": 8 },
    ]);
    const named = stdout.split("\n").filter((line) => line.startsWith("skipped: "));
    expect(named.sort()).toEqual(wrong.map(([, reason], n) => `skipped: ${key(n)} has a record whose ${reason}`));
  });

  it("archives a batch only when all of it is delivered, and then under the same keys", async () => {
    const event = kinesisEvent(foo, bar);
    giveUp(host, event, HOUR_MS);
    host.s3.intercept = ({ method }, response) => {
      if (method === "PUT") response.writeHead(403).end("<Error><Code>AccessDenied</Code></Error>");
      return method === "PUT";
    };
    const failed = await host.run(...RANGE, "--kind", "undelivered");
    expect([failed.exitCode, table(failed.stdout)]).toEqual([
      1,
      { objects: 1, "events found": 4, delivered: 4, "objects unfinished": 1 },
    ]);
    expect(failed.stderr).toContain("Cannot write to bucket the-archive: AccessDenied");
    host.s3.intercept = () => false;
    const { exitCode, stdout } = await host.run(...RANGE, "--kind", "undelivered");
    // As one run would have: the failed one delivered them.
    expect([exitCode, table(stdout)]).toEqual([0, { objects: 1, "events found": 4, delivered: 4 }]);
    const { bucket } = await forwarded([event]);
    expect([...kept("archive/").keys()].sort()).toEqual(bucket.keys());
  });
});

describe("npm run replay of quarantined records", () => {
  const MIB = 1024 * 1024;

  it.each(["dead-letter", "undelivered"])("skips an object of --kind %s that is larger than allowed", async (kind) => {
    await archiveByForwarder(host, [kinesisEvent(JUNK)]);
    giveUp(host, kinesisEvent(foo), HOUR_MS);
    let sent = 0;
    host.s3.intercept = ({ method, target }, response) => {
      if (method !== "GET" || target.includes("list-type")) return false;
      async function* body() {
        for (; sent < 256 * MIB; sent += MIB) yield Buffer.alloc(MIB, " ");
      }
      Readable.from(body()).pipe(response);
      return true;
    };
    const { exitCode, stdout, stderr } = await host.run(...RANGE, "--kind", kind);
    expect([exitCode, table(stdout)]).toEqual([1, { objects: 1, "objects skipped": 1 }]);
    expect(`${stdout}${stderr}`).toMatch(new RegExp(`is listed with \\d+ bytes, but has more than ${16 * MIB}`));
    expect(sent).toBeLessThan(128 * MIB);
  });
});
