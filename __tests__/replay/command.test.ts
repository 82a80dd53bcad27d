import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeLogGroup } from "../../core/events/encode-log-group";
import { ContentsEngine, rejectedWith } from "../support/contents-engine";
import { ARRIVAL, documentIdOf, envelope, eventId, kinesisStreamRecord, logEvent } from "../support/kinesis";
import { archiveByForwarder, type ReplayHost, startReplayHost, table } from "../support/replay";

const HOUR_MS = 60 * 60 * 1000;
const RANGE = ["--from", "2026-11-21T02", "--to", "2026-11-21T04"];

let host: ReplayHost;
beforeEach(async () => {
  host = await startReplayHost();
});
afterEach(() => host.stop());

/** A batch whose records arrive at `arrival`. */
function batch(arrival: number, first: number, ...data: unknown[]) {
  const records = data.map((one, n) => kinesisStreamRecord(first + n, one));
  for (const { kinesis } of records) kinesis.approximateArrivalTimestamp = arrival / 1000;
  return { Records: records };
}

const mixed = envelope([logEvent(1), logEvent(2, '{"level":"info","aws":{"own":1}}'), logEvent(3, "größer 🐈\n")]);
const other = envelope([logEvent(4)], { logGroup: "/aws/lambda/Bar", owner: "222222222222", logStream: "s" });

describe("npm run replay", () => {
  it("restores an empty index exactly, and changes nothing in one that has everything", async () => {
    const { documents } = await archiveByForwarder(host, [batch(ARRIVAL, 0, mixed, other, envelope([]))]);
    expect(documents.size).toBe(4);

    const first = await host.run(...RANGE);
    expect(first.stderr).not.toContain("Error");
    expect(host.engine.documents).toEqual(documents);
    expect([first.exitCode, table(first.stdout)]).toEqual([0, { objects: 2, "events found": 4, delivered: 4 }]);

    const again = await host.run(...RANGE);
    expect(host.engine.documents).toEqual(documents);
    expect([again.exitCode, table(again.stdout)]).toEqual([0, { objects: 2, "events found": 4, "already indexed": 4 }]);
    expect(host.journals()).toEqual([]);
  });

  it("restores events that came without an id or a time under those that the forwarder gave them", async () => {
    const odd = envelope([{ ...logEvent(1), id: "" }, { ...logEvent(2), timestamp: -1 }, logEvent(3)]);
    const { documents } = await archiveByForwarder(host, [batch(ARRIVAL, 0, mixed, odd)]);
    await host.run(...RANGE);
    expect(host.engine.documents).toEqual(documents);
  });

  it("delivers the events of the time range by their own time, wherever their object lies", async () => {
    const [from, to] = [ARRIVAL - HOUR_MS, ARRIVAL + HOUR_MS];
    const event = (n: number, timestamp: number) => logEvent(n, "x", timestamp);
    await archiveByForwarder(host, [
      batch(from - 2 * HOUR_MS, 4, envelope([event(10, from), event(11, from - 1)])),
      batch(from - 1000, 0, envelope([event(1, from - 2000), event(2, from)])),
      batch(ARRIVAL, 1, envelope([event(3, from - 1), event(4, from + 1), event(5, to - 1), event(6, to)])),
      batch(to + HOUR_MS - 1, 2, envelope([event(7, to - 1000), event(8, to + 5)])),
      batch(to + HOUR_MS, 3, envelope([event(9, to - 1)])),
    ]);
    await host.run(...RANGE);
    expect(host.engine.ids().sort()).toEqual([2, 4, 5, 7, 10].map(eventId));
    await host.run(...RANGE, "--late-hours", "2");
    expect(host.engine.ids().sort()).toEqual([2, 4, 5, 7, 9, 10].map(eventId));
  });

  it("lists and reads the selected hours and log group, and nothing else", async () => {
    const name = "/aws/lambda/Bar";
    await archiveByForwarder(host, [batch(ARRIVAL, 0, mixed, other), batch(ARRIVAL + 9 * HOUR_MS, 2, other)]);
    // Where clocks are changed in the range; the archive's hours are UTC's.
    host.env.TZ = "America/Santiago";
    const { exitCode } = await host.run(...RANGE, "--log-group", name);
    expect(exitCode).toBe(0);
    expect(host.engine.ids()).toEqual([eventId(4)]);
    expect([...new Set(host.s3.listed)].sort()).toEqual(
      ["00", "01", "02", "03", "04"].flatMap((hour) =>
        [`${encodeLogGroup(name)}/`, "stream="].map((place) => `archive/2026/11/21/${hour}/${place}`),
      ),
    );
    expect(host.s3.read).toHaveLength(1);
  });

  it("rebuilds into other indices, from under another archive prefix", async () => {
    await archiveByForwarder(host, [batch(ARRIVAL, 0, mixed)]);
    for (const [key, { body }] of [...host.s3.objects]) host.s3.put(`logs/${key}`, body);
    await host.run(...RANGE, "--index-prefix", "rebuilt-", "--archive-prefix", "logs/");
    expect([...host.engine.documents.keys()]).toEqual(
      [1, 2, 3].map((n) => `rebuilt-foo-2026.11.21/${documentIdOf(n)}`),
    );
    expect(host.s3.read.every((key) => key.startsWith("logs/archive/"))).toBe(true);
  });

  it("delivers the events before and after a change of names into the index that the forwarder put each into", async () => {
    const around = envelope([logEvent(1, "before", ARRIVAL - 1), logEvent(2, "after", ARRIVAL)]);
    await archiveByForwarder(host, [batch(ARRIVAL, 0, around)]);
    const names = { prefix: "logs-", period: "week", indices: { foo: "apps" } };
    const until = "2026-11-21T03:00:00Z";
    const history = [{ until, prefix: "cwl-", period: "hour", indices: {} }];
    const others = {
      name: "logs",
      retention_days: 0,
      shards: 1,
      refresh_interval_seconds: 1,
      sort: "none",
      template: "managed",
      messages: {},
    };
    const file = join(host.folder, "index-settings.json");
    writeFileSync(file, JSON.stringify({ ...names, history, ...others }));
    const { exitCode } = await host.run(...RANGE, "--index-settings", file);
    expect(exitCode).toBe(0);
    expect([...host.engine.documents.keys()]).toEqual([
      `cwl-foo-2026.11.21.02/${documentIdOf(1)}`,
      `logs-apps-2026.w47/${documentIdOf(2)}`,
    ]);
  });

  it("makes sure of the pipeline's index template before it writes, and goes on with a warning where it cannot", async () => {
    const contents = new ContentsEngine();
    const templated = await startReplayHost((engine) => ({
      send: (request) => (request.path.startsWith("/_bulk") ? engine : contents).send(request),
    }));
    try {
      await archiveByForwarder(templated, [batch(ARRIVAL, 0, mixed)]);
      const names = { name: "logs", prefix: "cwl-", period: "day", indices: {}, history: [] };
      const file = join(templated.folder, "index-settings.json");
      const others = {
        retention_days: 0,
        shards: 3,
        refresh_interval_seconds: 1,
        sort: "none",
        template: "managed",
        messages: {},
      };
      writeFileSync(file, JSON.stringify({ ...names, ...others }));
      const first = await templated.run(...RANGE, "--index-settings", file);
      const bulk = templated.search.requests.findIndex(({ target }) => target.startsWith("/_bulk"));
      const put = templated.search.requests.findIndex(({ method }) => method === "PUT");
      expect([first.exitCode, put < bulk, contents.calls]).toEqual([
        0,
        true,
        expect.arrayContaining(["GET /_index_template/logs", "PUT /_index_template/logs"]),
      ]);
      contents.meddle = () => rejectedWith(403, "security_exception");
      const again = await templated.run(...RANGE, "--index-settings", file);
      expect(again.exitCode).toBe(0);
      expect(again.stderr).toContain('The index template "logs" was refused: 403 security_exception.');
    } finally {
      await templated.stop();
    }
  });

  it("counts, in a dry run, the events that it would deliver, and delivers nothing", async () => {
    await archiveByForwarder(host, [batch(ARRIVAL, 0, mixed, other)]);
    const { exitCode, stdout } = await host.run(...RANGE, "--dry-run");
    expect([exitCode, table(stdout)]).toEqual([0, { objects: 2, "events found": 4 }]);
    expect(host.search.requests).toEqual([]);
  });

  it("addresses the bucket by path where S3 is another host", async () => {
    host.env.AWS_ENDPOINT_URL_S3 = host.s3.origin.replace("127.0.0.1", "localhost");
    const { exitCode } = await host.run(...RANGE);
    expect(exitCode).toBe(0);
    expect(host.s3.listed).not.toEqual([]);
  });

  it("prints no warning of Node.js, however many requests are in flight or about to close", async () => {
    host.s3.intercept = (_request, response) => {
      response.setHeader("connection", "close");
      return false;
    };
    const { stderr } = await host.run("--from", "2026-11-01", "--to", "2026-11-30");
    expect(host.s3.listed.length).toBeGreaterThan(100);
    expect(stderr).not.toContain("Warning");
  });

  it("signs its requests", async () => {
    await archiveByForwarder(host, [batch(ARRIVAL, 0, mixed)]);
    await host.run(...RANGE);
    const [bulk] = host.search.requests.filter(({ method }) => method === "POST");
    expect(bulk!.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d+\/eu-central-1\/es\//);
  });
});

describe("npm run replay --sink stdout", () => {
  it("prints each event as one line of JSON, and everything else on stderr", async () => {
    await archiveByForwarder(host, [batch(ARRIVAL, 0, mixed, other)]);
    const { exitCode, stdout, stderr } = await host.run(...RANGE, "--sink", "stdout");
    expect(exitCode).toBe(0);
    const events = stdout.trimEnd().split("\n");
    const { owner, logGroup, logStream, logEvents } = mixed;
    expect(events.map((line) => JSON.parse(line))).toEqual(
      expect.arrayContaining(logEvents.map((event) => ({ ...event, owner, logGroup, logStream }))),
    );
    expect(events).toHaveLength(4);
    expect(table(stderr)).toEqual({ objects: 2, "events found": 4, delivered: 4 });
    expect(host.search.requests).toEqual([]);
  });

  it("ends quietly when its reader ends", async () => {
    const events = Array.from({ length: 5000 }, (_, n) => logEvent(n, "x".repeat(100)));
    await archiveByForwarder(host, [batch(ARRIVAL, 0, envelope(events))]);
    const { child, finished } = host.start(...RANGE, "--sink", "stdout");
    child.stdout!.once("data", () => child.stdout!.destroy());
    const { exitCode, stderr } = await finished;
    expect([exitCode, stderr.includes("EPIPE")]).toEqual([0, false]);
  });
});
