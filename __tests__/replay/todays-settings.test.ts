import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { laneSettings } from "../../core/pipelines/message-settings";
import { MESSAGE_VARIABLES } from "../../core/settings/message-variables";
import { parseVariables } from "../../core/settings/parse-variables";
import { ARRIVAL, envelope, eventId, kinesisEvent, logEvent } from "../support/kinesis";
import { archiveByForwarder, forwarded, giveUp, type ReplayHost, startReplayHost, table } from "../support/replay";

const RANGE = ["--from", "2026-11-21T02", "--to", "2026-11-21T04"];

/** The variables of today's function. */
const TODAY = {
  PARSER: "auto",
  EVENT_ORIGINAL: "on",
  JOIN_LINES: "^\\S",
  EXTRACT_FIELDS: JSON.stringify({ order: { from: "url.path", pattern: "^/(?P<order>o[a-z]+)" } }),
  RULES: JSON.stringify([
    { action: "drop", field: "log.level", values: ["debug"] },
    { action: "drop", field: "url.path", pattern: "^/health" },
    { action: "sample", rate: 0.5, field: "message", pattern: "^plain" },
    { action: "redact", what: ["email"] },
  ]),
  ARCHIVE_CONTENT: "redacted",
};

const LINES = [
  "2026-11-21T03:00:00Z ERROR [main] com.shop.Orders - the order of joe@example.com failed",
  "    at com.shop.Orders.pay(Orders.java:7)",
  "2026-11-21T03:00:00Z DEBUG [main] com.shop.Orders - cache hit",
  '192.0.2.1 - - [21/Nov/2026:03:00:00 +0000] "GET /health HTTP/1.1" 200 2 "-" "curl/8"',
  '192.0.2.1 - ann@example.com [21/Nov/2026:03:00:00 +0000] "GET /orders HTTP/1.1" 404 2 "-" "curl/8"',
  '{"level":"info","user":{"email":"ann@example.com"}}',
  ...Array.from({ length: 40 }, (_, n) => `plain ${n}`),
];
const foo = kinesisEvent(envelope(LINES.map((line, n) => logEvent(n, line))));
/** Without the one that is joined. */
const FOUND = LINES.length - 1;

let host: ReplayHost;
beforeEach(async () => {
  host = await startReplayHost();
});
afterEach(() => host.stop());

/** The options that give the pipeline's settings, with these functions' variables by log group and by stream. */
function settings(messages: object): string[] {
  const names = { name: "logs", prefix: "cwl-", period: "day", indices: {}, history: [] };
  const others = { retention_days: 0, shards: 1, refresh_interval_seconds: 1, sort: "none", template: "none" };
  const file = join(host.folder, "index-settings.json");
  writeFileSync(file, JSON.stringify({ ...names, ...others, messages }));
  return ["--index-settings", file];
}

const ofLane = (variables: object) => ({ foo: variables, "logging-pipeline_foo": variables });

/** What the forwarder makes of the lines now. */
const today = () => forwarded([foo], laneSettings(parseVariables(MESSAGE_VARIABLES, TODAY)));

/** What the bucket holds under `prefix`, inflated. */
const kept = (objects: ReplayHost["s3"]["objects"], prefix: string) =>
  [...objects].filter(([key]) => key.startsWith(prefix)).map(([key, { body }]) => [key, gunzipSync(body).toString()]);

describe("a replay to the endpoint, by the index settings", () => {
  it("writes of an archive exactly the documents that the forwarder would write now, and counts what rules drop", async () => {
    await archiveByForwarder(host, [foo]);
    const { engine, lines } = await today();
    const { exitCode, stdout, stderr } = await host.run(...RANGE, ...settings(ofLane(TODAY)));

    expect(host.engine.documents).toEqual(engine.documents);
    expect([...host.engine.documents.values()].filter(({ order }) => order === "orders")).toHaveLength(1);
    expect(JSON.stringify([...host.engine.documents])).not.toContain("@example.com");
    const { delivered, "dropped by rules": dropped } = table(stdout);
    expect([exitCode, delivered, delivered! + dropped!]).toEqual([0, engine.documents.size, FOUND]);
    const { DroppedEvents, SampledOutEvents, ...others } = lines[0] as Record<string, number>;
    expect(others).toMatchObject({ Events: delivered, JoinedEvents: 1 });
    expect([DroppedEvents, dropped]).toEqual([2, 2 + SampledOutEvents!]);
    expect(stderr).toContain(
      'Messages: parser auto, 4 rules (drop, sample, redact), archive redacted, extracts order, joins lines by "^\\\\S"\n',
    );
    expect(stderr).toContain(`left out ${dropped} and redacted 3 (0 rules failed)`);

    const again = table((await host.run(...RANGE, ...settings(ofLane(TODAY)))).stdout);
    expect(again).toMatchObject({ "already indexed": delivered, "dropped by rules": dropped });
    expect(host.engine.documents).toEqual(engine.documents);
  });

  it("counts, in a dry run, what today's rules would drop and redact", async () => {
    await archiveByForwarder(host, [foo]);
    const { lines } = await today();
    const { exitCode, stdout, stderr } = await host.run(...RANGE, ...settings(ofLane(TODAY)), "--dry-run");
    const { DroppedEvents, SampledOutEvents } = lines[0] as Record<string, number>;
    const dropped = DroppedEvents! + SampledOutEvents!;
    expect([exitCode, table(stdout)]).toEqual([0, { objects: 1, "events found": FOUND, "dropped by rules": dropped }]);
    expect(stderr).toContain(
      'Messages: parser auto, 4 rules (drop, sample, redact), archive redacted, extracts order, joins lines by "^\\\\S"\n',
    );
    expect(stderr).toContain(`Today's rules left out ${dropped} and redacted 3 (0 rules failed)\n`);
    expect(host.search.requests).toEqual([]);
  });

  it("leaves what an archive has that is redacted already", async () => {
    await archiveByForwarder(host, [foo], undefined, laneSettings(parseVariables(MESSAGE_VARIABLES, TODAY)));
    const { engine } = await today();
    await host.run(...RANGE, ...settings(ofLane(TODAY)));
    expect(host.engine.documents).toEqual(engine.documents);
    await host.run(...RANGE, ...settings(ofLane({ PARSER: "none" })));
    expect(JSON.stringify([...host.engine.documents])).not.toContain("@example.com");
  });

  it("archives what Lambda gave up on as the forwarder would now", async () => {
    giveUp(host, foo, 0);
    const { engine, bucket } = await today();
    const { stdout } = await host.run(...RANGE, "--kind", "undelivered", ...settings(ofLane(TODAY)));
    expect(host.engine.documents).toEqual(engine.documents);
    expect(table(stdout)["events found"]).toBe(FOUND);
    expect(kept(host.s3.objects, "archive/").map(([, text]) => text)).toEqual([
      `${bucket.lines("archive/").join("\n")}\n`,
    ]);
  });

  it("joins lines before it selects by time: the line that begins a message decides", async () => {
    const events = LINES.map((line, n) => logEvent(n, line, n === 0 ? ARRIVAL - 1500 : undefined));
    await archiveByForwarder(host, [kinesisEvent(envelope(events))]);
    const whole = settings(ofLane({ ...TODAY, RULES: "[]" }));
    const { stdout } = await host.run("--from", "2026-11-21T02:59:59Z", "--to", "2026-11-21T04", ...whole);
    expect(table(stdout)).toMatchObject({ "events found": FOUND - 1, delivered: FOUND - 1 });
    expect(host.engine.ids()).not.toContain(eventId(1));
  });

  it("parses messages by the pipeline's default without settings, and says so", async () => {
    await archiveByForwarder(host, [foo]);
    const { stderr } = await host.run(...RANGE);
    const { engine } = await forwarded([foo], laneSettings(parseVariables(MESSAGE_VARIABLES, { PARSER: "auto" })));
    expect(host.engine.documents).toEqual(engine.documents);
    expect(stderr).toContain(
      "Messages: parser auto, no rules, archive raw: the pipeline's defaults, because --index-settings is not given\n",
    );
  });
});
