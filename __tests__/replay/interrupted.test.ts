import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { createGzip, gzipSync } from "node:zlib";
import { RunDeadline } from "../../archive/deadlines";
import type { Envelope } from "../../core/events/envelope";
import type { Send } from "../../core/http/send";
import { LaneMessages } from "../../replay/lane-messages";
import { searchSink } from "../../replay/sinks/search";
import { emptyTally, tallyProgress } from "../../replay/sinks/sink";
import type { Finished } from "../support/finished";
import { ARRIVAL, envelope, eventId, logEvent } from "../support/kinesis";
import { CWL } from "../support/layouts";
import { type ReplayHost, startReplayHost, table } from "../support/replay";
import type { SearchEngine } from "../support/search-engine";

const RANGE = ["--from", "2026-11-21T02", "--to", "2026-11-21T04"];
const OBJECTS = 12;
const ORIGIN = { shardId: "shardId-000000000000", sequenceNumber: "1", region: "eu-central-1", arrival: ARRIVAL };

async function waitUntil(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(10);
}

let host: ReplayHost | undefined;
afterEach(() => host?.stop());

const key = (n: number): string => `archive/2026/11/21/03/foo/shardId-000000000000-${String(n).padStart(3, "0")}.gz`;

describe("npm run replay, interrupted", () => {
  /** A search engine that holds its answers back from the `count`th request on, until it is let go. */
  async function prepare(count: number) {
    let letGo = () => {};
    let held = () => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const holding = new Promise<void>((resolve) => {
      held = resolve;
    });
    let bulks = 0;
    const fake = (engine: SearchEngine) => ({
      send: (async (request) => {
        if (request.method === "POST" && ++bulks >= count) {
          held();
          await gate;
        }
        return engine.send(request);
      }) satisfies Send,
    });
    host = await startReplayHost(fake);
    for (let n = 0; n < OBJECTS; n++) host.s3.put(key(n), gzipSync(`${JSON.stringify(envelope([logEvent(n)]))}\n`));
    return { host, letGo, holding };
  }

  /** A run that `signal` has ended, after some objects; what was read by then is forgotten. */
  async function interruptedRun(signal: "SIGINT" | "SIGTERM" = "SIGINT") {
    const { host, letGo, holding } = await prepare(6);
    const { child, finished, said } = host.start(...RANGE);
    await holding;
    child.kill(signal);
    await said("Interrupted");
    letGo();
    const ended = await finished;
    host.s3.read.length = 0;
    return { host, ...ended };
  }

  it.each(["SIGINT", "SIGTERM"] as const)(
    "finishes requests in flight after %s, and continues by the same command without a duplicate",
    async (signal) => {
      const { host, exitCode, stdout, stderr } = await interruptedRun(signal);
      expect(exitCode).toBe(1);
      const done = host.engine.documents.size;
      expect(done).toBeGreaterThanOrEqual(6);
      expect(done).toBeLessThan(OBJECTS);
      expect(table(stdout)).toEqual({
        ...{ objects: OBJECTS, "events found": done, delivered: done },
        "objects unfinished": OBJECTS - done,
      });
      expect(stdout).toContain(`\nunfinished: ${OBJECTS - done} objects not begun\ndone: ${done} of 12 objects\n`);
      const [journal] = host.journals();
      expect(stderr).toContain(`The journal is ${join(host.folder, journal!)}`);

      const rest = await host.run(...RANGE);
      expect(rest.stderr).toMatch(new RegExp(`\\n${OBJECTS - done} objects, .*\\n${done} more were finished before: `));
      expect(host.s3.read).toHaveLength(OBJECTS - done);
      expect([rest.exitCode, table(rest.stdout)]).toEqual([
        0,
        { objects: OBJECTS, "events found": OBJECTS, delivered: OBJECTS },
      ]);
      expect(host.engine.ids().sort()).toEqual(Array.from({ length: OBJECTS }, (_, n) => eventId(n)));
      expect(host.journals()).toEqual([]);
    },
  );

  it("continues after SIGKILL", async () => {
    const { host, letGo, holding } = await prepare(6);
    const { child, finished } = host.start(...RANGE);
    await holding;
    child.kill("SIGKILL");
    await finished;
    letGo();
    const finishedKeys = readFileSync(join(host.folder, host.journals()[0]!), "utf8").trimEnd().split("\n");
    expect(finishedKeys.length).toBeGreaterThanOrEqual(2);
    host.s3.read.length = 0;
    const { exitCode, stdout } = await host.run(...RANGE);
    expect(exitCode).toBe(0);
    expect(host.s3.read).toHaveLength(OBJECTS - finishedKeys.length);
    expect(table(stdout)).toMatchObject({ objects: OBJECTS, "events found": OBJECTS });
    expect(host.engine.documents.size).toBe(OBJECTS);
  });

  it("ends ten seconds after Ctrl-C, even if S3 sends no further byte", async () => {
    const stalled = await startReplayHost();
    host = stalled;
    stalled.s3.put(key(0), gzipSync(`${JSON.stringify(envelope([logEvent(0)]))}\n`));
    const reading = new Promise<void>((resolve) => {
      stalled.s3.intercept = ({ target }, response) => {
        if (target.includes("list-type")) return false;
        response.writeHead(200, { "content-length": 100, etag: '"etag"' }).write("\x1f");
        resolve();
        return true;
      };
    });
    const { child, finished } = stalled.start(...RANGE);
    await reading;
    child.kill("SIGINT");
    const { exitCode, stdout } = await finished;
    expect(exitCode).toBe(1);
    expect(table(stdout)).toEqual({ objects: 1, "objects unfinished": 1 });
    expect(stdout).toContain("\nunfinished: 1 object\ndone: 0 of 1 object\n");
  });

  it("ends at once by a second Ctrl-C, with the same report", async () => {
    const { host } = await prepare(1);
    const { child, finished, said } = host.start(...RANGE);
    await waitUntil(() => host.search.requests.length >= 5);
    child.kill("SIGINT");
    // Passed on by npm.
    child.kill("SIGINT");
    await said("Once more ends at once");
    await sleep(600);
    child.kill("SIGTERM");
    const { exitCode, stdout, stderr } = await finished;
    expect(exitCode).toBe(1);
    expect(stderr).toContain("Interrupted again: ending at once.");
    expect(stdout).toContain(
      "\nunfinished: 4 objects, 4 events read and not delivered; 8 objects not begun\ndone: 0 of 12 objects\n",
    );
    expect(stdout + stderr).not.toMatch(/fail(ed:|ure)|in time|timeout|aborted/i);
  });

  it("reports that nothing was done when it is interrupted while listing", async () => {
    const { host } = await prepare(1);
    const listing = new Promise<void>((resolve) => {
      host.s3.intercept = () => {
        resolve();
        return true;
      };
    });
    const { child, finished } = host.start(...RANGE);
    await listing;
    child.kill("SIGINT");
    const { exitCode, stdout, stderr } = await finished;
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/\nInterrupted while listing: nothing was done\.\n$/);
  });

  it("reports in the end the same as a single run, however often it was interrupted", async () => {
    const { host, onBulk } = await prepareLarge();
    const runs: Finished[] = [];
    // One for each part: of four objects the second, and the third or fourth.
    for (const requests of [6, 12]) {
      const { child, finished } = host.start(...RANGE);
      await onBulk(requests);
      child.kill("SIGINT");
      runs.push(await finished);
    }
    const last = await host.run(...RANGE);
    for (const { exitCode, stdout, stderr } of runs) {
      expect(exitCode).toBe(1);
      expect(stdout + stderr).not.toMatch(/fail(ed:|ure)|in time|timeout|aborted/i);
      const rows = table(stdout);
      expect(rows.delivered! + rows["already indexed"]! + (rows.unfinished ?? 0)).toBe(rows["events found"]);
      expect(stdout).toMatch(/\nunfinished: [\d,]+ objects?.*\ndone: \d of 5 objects\n/);
      expect(stderr).toContain("The same command continues where this one ended.");
    }
    expect(last.exitCode).toBe(0);
    expect(table(last.stdout)).toEqual({ objects: 5, "events found": 200, delivered: 150, "already indexed": 50 });
    expect(host.engine.documents.size).toBe(200);
    expect(host.journals()).toEqual([]);
  });

  it("counts after SIGKILL all that it had delivered, except up to one part of each object in progress", async () => {
    const { host, onBulk } = await prepareLarge();
    const { child, finished } = host.start(...RANGE);
    await onBulk(12);
    child.kill("SIGKILL");
    await finished;
    const { exitCode, stdout } = await host.run(...RANGE);
    const { delivered, "already indexed": present, ...rows } = table(stdout);
    expect([exitCode, rows]).toEqual([0, { objects: 5, "events found": 200 }]);
    expect(delivered! + present!).toBe(200);
    expect(present).toBeGreaterThanOrEqual(50);
    // Each part has 10 events.
    expect(present).toBeLessThanOrEqual(50 + 4 * 10);
  });

  /** 5 objects of 4 parts of 10 events, of which the second part of each is present before. */
  async function prepareLarge() {
    let answered = 0;
    let expected = Number.POSITIVE_INFINITY;
    let reached = () => {};
    const fake = (engine: SearchEngine) => ({
      send: (async (request) => {
        const response = await engine.send(request);
        if (request.method === "POST" && ++answered === expected) reached();
        return response;
      }) satisfies Send,
    });
    host = await startReplayHost(fake);
    const filler = "x".repeat(450_000);
    const part = (object: number, part: number) =>
      envelope(Array.from({ length: 10 }, (_, i) => logEvent(object * 40 + part * 10 + i, filler)));
    for (let n = 0; n < 5; n++) {
      const lines = [0, 1, 2, 3].map((p) => `${JSON.stringify(part(n, p))}\n`);
      host.s3.put(key(n), gzipSync(lines.join("")));
    }
    await presentBefore(
      host.engine,
      [0, 1, 2, 3, 4].map((n) => part(n, 1)),
    );
    /** Resolves when so many further requests are answered. */
    const onBulk = (further: number) =>
      new Promise<void>((resolve) => {
        expected = answered + further;
        reached = resolve;
      });
    return { host, onBulk };
  }

  /** Delivers events as another replay would. */
  async function presentBefore(engine: SearchEngine, envelopes: Envelope[]): Promise<void> {
    const bucket = undefined as never;
    const sink = searchSink({
      ...{
        send: engine.send,
        endpoint: "http://search",
        indexLayouts: CWL,
        archivePrefix: "",
        timeField: "",
        recordMaxBytes: 2 ** 25,
        bucket,
        messages: new LaneMessages(undefined),
      },
      deadline: new RunDeadline(),
    });
    const records = envelopes.map((envelope) => ({ origin: ORIGIN, envelopes: [envelope] }));
    await sink.deliver(records, tallyProgress(emptyTally()));
  }

  it("resumes no run of another region", async () => {
    const { host } = await interruptedRun();
    host.env.AWS_REGION = "us-east-1";
    await host.run(...RANGE);
    expect(host.s3.read).toHaveLength(OBJECTS);
  });

  it("resumes no run with other arguments", async () => {
    const { host } = await interruptedRun();
    await host.run(...RANGE, "--index-prefix", "other-");
    expect(host.s3.read).toHaveLength(OBJECTS);
  });
});

describe("npm run replay, of a large object", () => {
  it("keeps its memory bounded", async () => {
    host = await startReplayHost(() => ({
      // As SearchEngine answers, but it forgets.
      send: async ({ body }) => {
        let actions = 0;
        for (let at = body.indexOf(0x0a); at >= 0; at = body.indexOf(0x0a, at + 1)) actions += 0.5;
        const items = Array.from({ length: actions }, () => ({ create: { status: 201 } }));
        return { status: 200, body: JSON.stringify({ items }) };
      },
    }));
    const LINES = 3500;
    const EVENTS = 20;
    const events = Array.from({ length: EVENTS }, (_, n) => logEvent(n, `${n} ${"x".repeat(4000)}`, ARRIVAL));
    const text = `${JSON.stringify(envelope(events))}\n`;
    const lines = Readable.from(Array.from({ length: LINES }, () => text)).pipe(createGzip({ level: 1 }));
    host.s3.put(key(0), await buffer(lines));
    const memory = join(host.folder, "memory");
    const hook = join(host.folder, "hook.cjs");
    // Not `resourceUsage().maxRSS`: that begins with what the process of the tests has when it starts this one.
    writeFileSync(
      hook,
      `let most = 0;
      setInterval(() => { most = Math.max(most, process.memoryUsage.rss()); }, 10).unref();
      process.on("exit", () => require("node:fs").writeFileSync(${JSON.stringify(memory)}, String(most)));`,
    );
    host.env.NODE_OPTIONS = `--require ${hook}`;
    const { exitCode, stdout } = await host.run(...RANGE);
    expect([exitCode, table(stdout)]).toEqual([
      0,
      { objects: 1, "events found": LINES * EVENTS, delivered: LINES * EVENTS },
    ]);
    const inflatedMiB = (LINES * text.length) / 1024 ** 2;
    const mostMiB = Number(readFileSync(memory, "utf8")) / 1024 ** 2;
    expect(inflatedMiB).toBeGreaterThan(250);
    expect(mostMiB).toBeLessThan(400);
  });
});
