import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { envelope, eventId, logEvent } from "../support/kinesis";
import { type ReplayHost, startReplayHost, table } from "../support/replay";
import { s3Error } from "../support/s3-server";

const RANGE = ["--from", "2026-11-21T02", "--to", "2026-11-21T04"];
const key = (n: number): string => `archive/2026/11/21/03/foo/shardId-000000000000-${n}.gz`;

let host: ReplayHost;
beforeEach(async () => {
  host = await startReplayHost();
});
afterEach(() => host.stop());

/** Writes an object of the archive that holds `events`, by number. */
function write(n: number, ...events: number[]): void {
  host.s3.put(key(n), gzipSync(`${JSON.stringify(envelope(events.map((event) => logEvent(event))))}\n`));
}

/** A run that finishes object 1, and cannot read object 2, which is to be restored first; then that is restored. */
async function failedRun() {
  write(1, 1);
  write(2, 2);
  host.s3.intercept = ({ target }, response) => {
    if (!target.includes(key(2))) return false;
    s3Error(response, 403, "InvalidObjectState", "archived");
    return true;
  };
  const { exitCode } = await host.run(...RANGE);
  expect([exitCode, host.engine.ids()]).toEqual([1, [eventId(1)]]);
  host.s3.intercept = () => false;
  host.s3.read.length = 0;
  return join(host.folder, host.journals()[0]!);
}

describe("npm run replay, of an object that is overwritten", () => {
  it("reads it again if an earlier run had finished what it was", async () => {
    await failedRun();
    write(1, 1, 3);
    const { exitCode, stdout, stderr } = await host.run(...RANGE);
    expect([exitCode, host.s3.read.sort()]).toEqual([0, [key(1), key(2)]]);
    expect(table(stdout)).toEqual({ objects: 2, "events found": 3, delivered: 2, "already indexed": 1 });
    expect(stderr).toContain("\n1 object of the journal were overwritten or deleted since\n");
    expect(host.engine.ids().sort()).toEqual([1, 2, 3].map(eventId));
    expect(host.journals()).toEqual([]);
  });

  it("skips it if nobody has overwritten it", async () => {
    await failedRun();
    const { exitCode, stdout, stderr } = await host.run(...RANGE);
    expect([exitCode, host.s3.read]).toEqual([0, [key(2)]]);
    expect(table(stdout)).toEqual({ objects: 2, "events found": 2, delivered: 2 });
    expect(stderr).not.toContain("overwritten");
  });

  it("reports what the bucket has if it was deleted", async () => {
    await failedRun();
    host.s3.objects.delete(key(1));
    const { exitCode, stdout } = await host.run(...RANGE);
    expect([exitCode, table(stdout)]).toEqual([0, { objects: 1, "events found": 1, delivered: 1 }]);
  });

  /** Calls `act` before each read of object 1. */
  function beforeReading(act: () => void): void {
    host.s3.intercept = ({ method, target }) => {
      if (method === "GET" && target.includes(key(1))) act();
      return false;
    };
  }

  /** Overwrites object 1 before each of its next `times` reads. */
  function overwriteBeforeReading(times: number): void {
    let written = 0;
    beforeReading(() => {
      if (written < times) write(1, 1, 10 + ++written);
    });
  }

  it("reads what it is then if it is overwritten between listing and reading", async () => {
    write(1, 1);
    overwriteBeforeReading(3);
    const { exitCode, stdout } = await host.run(...RANGE);
    expect([exitCode, table(stdout)]).toEqual([0, { objects: 1, "events found": 2, delivered: 2 }]);
    expect(host.engine.ids().sort()).toEqual([1, 13].map(eventId));
  });

  it("names one that is overwritten again and again, and continues with the others", async () => {
    write(1, 1);
    write(2, 2);
    overwriteBeforeReading(Number.POSITIVE_INFINITY);
    const { exitCode, stdout } = await host.run(...RANGE);
    expect([exitCode, host.engine.ids()]).toEqual([1, [eventId(2)]]);
    expect(stdout).toContain(`failed: ${key(1)} was overwritten while it was read\n`);
    host.s3.intercept = () => false;
    expect((await host.run(...RANGE)).exitCode).toBe(0);
  });

  it("mixes no two versions when it is overwritten while a broken connection is continued", async () => {
    write(1, ...Array.from({ length: 500 }, (_, n) => 100 + n));
    let requests = 0;
    host.s3.intercept = ({ method, target }, response) => {
      if (method !== "GET" || !target.includes(key(1)) || requests++ > 0) return false;
      const { body } = host.s3.objects.get(key(1))!;
      response.writeHead(200, { "content-length": body.length });
      response.write(body.subarray(0, 100), () => {
        write(1, 1, 2);
        response.destroy();
      });
      return true;
    };
    const { exitCode, stdout } = await host.run(...RANGE);
    expect([exitCode, table(stdout)]).toEqual([0, { objects: 1, "events found": 2, delivered: 2 }]);
    expect(host.engine.ids().sort()).toEqual([1, 2].map(eventId));
  });

  it("names one that is deleted between listing and reading", async () => {
    write(1, 1);
    write(2, 2);
    beforeReading(() => host.s3.objects.delete(key(1)));
    const { exitCode, stdout } = await host.run(...RANGE);
    expect([exitCode, host.engine.ids()]).toEqual([1, [eventId(2)]]);
    expect(stdout).toContain(`failed: ${key(1)} cannot be read: NoSuchKey: `);
  });
});

describe("npm run replay, with a journal that no run has written", () => {
  it("does nothing when an object is said to have more events than it can hold, and says what to do", async () => {
    const journal = await failedRun();
    const forged = readFileSync(journal, "utf8").replace(
      /"found":1,"delivered":1/,
      '"found":1000000,"delivered":1000000',
    );
    writeFileSync(journal, forged);
    const { exitCode, stdout, stderr } = await host.run(...RANGE);
    expect([exitCode, stdout, host.engine.ids()]).toEqual([2, "", [eventId(1)]]);
    expect(stderr).toMatch(
      /: line 1 has 1000000 events, more than the \d+ that archive\/.*\.gz can hold\. Remove the file/,
    );
  });

  it("counts no object that the bucket does not have", async () => {
    const journal = await failedRun();
    const tally = { found: 5, delivered: 5, alreadyIndexed: 0, rejected: 0, dropped: 0 };
    appendFileSync(journal, `${JSON.stringify({ key: key(9), etag: '"1"', tally })}\n`);
    const { exitCode, stdout } = await host.run(...RANGE);
    expect([exitCode, table(stdout)]).toEqual([0, { objects: 2, "events found": 2, delivered: 2 }]);
  });
});
