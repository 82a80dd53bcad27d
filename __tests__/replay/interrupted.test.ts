import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { createGzip, gzipSync } from "node:zlib";
import type { Send } from "../../functions/shared/signed-client";
import { ARRIVAL, envelope, eventId, logEvent } from "../support/kinesis";
import { type ReplayHost, startReplayHost, table } from "../support/replay";
import type { SearchEngine } from "../support/search-engine";

const RANGE = ["--from", "2026-11-21T02", "--to", "2026-11-21T04"];
const OBJECTS = 12;

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
    "finishes by %s what is under way, and goes on by the same command with the rest, nothing twice",
    async (signal) => {
      const { host, exitCode, stdout, stderr } = await interruptedRun(signal);
      expect(exitCode).toBe(1);
      const done = host.engine.documents.size;
      expect(done).toBeGreaterThanOrEqual(6);
      expect(done).toBeLessThan(OBJECTS);
      expect(table(stdout)).toEqual({ objects: done, "events found": done, delivered: done });
      const [journal] = host.journals();
      expect(stderr).toContain(`What is finished is remembered in ${join(host.folder, journal!)}`);

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

  it("goes on after it was killed outright", async () => {
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

  it("ends ten seconds after Ctrl-C, though S3 sends no further byte", async () => {
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
    expect(stdout).toContain(`failed: ${key(0)} was under way when the run was interrupted`);
  }, 20_000);

  it("remembers nothing for another region", async () => {
    const { host } = await interruptedRun();
    host.env.AWS_REGION = "us-east-1";
    await host.run(...RANGE);
    expect(host.s3.read).toHaveLength(OBJECTS);
  });

  it("remembers nothing for other arguments", async () => {
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
    writeFileSync(
      hook,
      `process.on("exit", () => require("node:fs").writeFileSync(${JSON.stringify(memory)}, String(process.resourceUsage().maxRSS)));`,
    );
    host.env.NODE_OPTIONS = `--require ${hook}`;
    const { exitCode, stdout } = await host.run(...RANGE);
    expect([exitCode, table(stdout)]).toEqual([
      0,
      { objects: 1, "events found": LINES * EVENTS, delivered: LINES * EVENTS },
    ]);
    const inflatedMiB = (LINES * text.length) / 1024 ** 2;
    const maxRssMiB = Number(readFileSync(memory, "utf8")) / 1024;
    expect(inflatedMiB).toBeGreaterThan(250);
    expect(maxRssMiB).toBeLessThan(400);
  });
});
