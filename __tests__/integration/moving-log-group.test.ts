import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Listr } from "listr2";
import { awsClients } from "../../local/aws/clients";
import { archivedEnvelopes, listObjects } from "../../local/delivery/archive";
import { SearchableEvents } from "../../local/delivery/searchable-events";
import { waitForDelivery } from "../../local/delivery/wait";
import { generateLines } from "../../local/log-events/generate";
import { putLines } from "../../local/log-events/put";
import { sourceOf } from "../../local/options";
import { type Session, startTasks } from "../../local/start/tasks";
import { endEverything } from "../../tools/processes/reaper";
import { skippedUnless } from "../support/skipped";

const LOG_GROUP = "baz";
const LINES_PER_PUT = 20;
const PAUSE_MS = 100;

jest.setTimeout(900_000);

const nightly = skippedUnless(process.env.NIGHTLY && process.platform === "linux", "NIGHTLY=1, on Linux");

/** Stops each process of a function, also those that come later, until the returned function lets them go on. */
function standStill(functionName: string): () => void {
  const stopped = new Set<number>();
  const timer = setInterval(() => {
    for (const pid of readdirSync("/proc").map(Number).filter(Boolean)) {
      try {
        const isIts = readFileSync(`/proc/${pid}/environ`, "utf8")
          .split("\0")
          .includes(`AWS_LAMBDA_FUNCTION_NAME=${functionName}`);
        if (isIts && !stopped.has(pid)) process.kill(pid, "SIGSTOP");
        if (isIts) stopped.add(pid);
      } catch {
        // It has ended, or is another user's.
      }
    }
  }, 100);
  return () => {
    clearInterval(timer);
    for (const pid of stopped) {
      try {
        process.kill(pid, "SIGCONT");
      } catch {
        // Its timeout has ended it.
      }
    }
  };
}

nightly.describe("a log group under load", () => {
  const session = {} as Session;
  /** From when to when there may have been two filters: numbers of events. */
  const moves: { readonly from: number; readonly to: number }[] = [];
  const load = new AbortController();
  let loading: Promise<void>;

  beforeAll(async () => {
    const lines = sourceOf(generateLines([LOG_GROUP], Date.now(), 1_000));
    const steps = startTasks({ lines, newLogGroups: [], searchEndpoint: undefined });
    await new Listr(steps, { ctx: session, renderer: "silent", registerSignalListeners: false })
      .run()
      .catch((error) => {
        throw error.cause ?? error;
      });
    loading = putUntil(load.signal);
  });

  afterAll(async () => {
    load.abort();
    await loading;
    await session.mappings?.stop();
    await endEverything();
  });

  async function putUntil(signal: AbortSignal): Promise<void> {
    const { logs } = awsClients(session.emulatorUrl);
    for (; !signal.aborted; await sleep(PAUSE_MS)) {
      await putLines(logs, sourceOf(generateLines([LOG_GROUP], Date.now(), LINES_PER_PUT)), ({ lines, firstId }) =>
        session.ledger.add(
          LOG_GROUP,
          firstId,
          lines.map(({ timestamp }) => timestamp),
        ),
      );
    }
  }

  async function apply(baz: object, streams: object = { shared: {} }): Promise<void> {
    await session.pipeline.setVariables({
      search_endpoint: session.searchEndpoint,
      log_groups: { foo: {}, bar: {}, [LOG_GROUP]: { skip_destroy: false, ...baz } },
      streams,
    });
    await session.pipeline.apply();
  }

  /** Resolves when the forwarders have read what was put before. */
  async function caughtUp(): Promise<void> {
    const { ledger, search } = session;
    const count = ledger.size;
    const isFound = (found: { has(number: number): boolean }) =>
      Array.from({ length: count }, (_, n) => n).every((n) => found.has(n));
    const searchable = new SearchableEvents(ledger, search);
    while (!isFound(searchable.found)) {
      await searchable.update();
      await sleep(250);
    }
  }

  /** The first apply of a move, during which the function that the log group leaves stands still. */
  async function move(functionName: string, baz: object): Promise<void> {
    const goOn = standStill(functionName);
    const from = session.ledger.size;
    try {
      await apply(baz);
    } finally {
      moves.push({ from, to: session.ledger.size });
      goOn();
    }
    await caughtUp();
  }

  it("moves to a shared stream by two applies", async () => {
    await move("logging-pipeline_baz", { stream: "shared", keep_own_stream: true });
    await apply({ stream: "shared" });
    await caughtUp();
    expect(await session.pipeline.plan()).toMatch(/^No changes\./);
  });

  it("moves back by two applies", async () => {
    await move("logging-pipeline_shared", {});
    await apply({}, {});
    await caughtUp();
    expect(await session.pipeline.plan()).toMatch(/^No changes\./);
  });

  it("has every event once in the index, and in the archive, which has copies of those alone that two filters delivered", async () => {
    load.abort();
    await loading;
    const { ledger, search, archive, emulatorUrl } = session;
    const { s3 } = awsClients(emulatorUrl);
    const { groups } = await waitForDelivery(ledger, { search, archive, s3 }, () => {});
    expect(groups).toEqual([
      expect.objectContaining({ put: ledger.size, indexed: ledger.size, archived: ledger.size, lost: 0 }),
    ]);
    const counted = await fetch(`${search.endpoint}/${search.indexPattern}/_count`);
    expect(await counted.json()).toMatchObject({ count: ledger.size });

    const seen = new Set<number>();
    const copies = new Set<number>();
    for (const key of (await listObjects(s3, archive.bucket, `${archive.prefix}archive/`)).keys()) {
      for await (const { logEvents } of archivedEnvelopes(s3, archive.bucket, key)) {
        for (const number of logEvents.map(({ id }) => ledger.numberOf(id)!)) {
          if (seen.has(number)) copies.add(number);
          seen.add(number);
        }
      }
    }
    const isOfAMove = (number: number) => moves.some(({ from, to }) => number >= from && number < to);
    expect([...copies].filter((number) => !isOfAMove(number))).toEqual([]);
    expect(moves).toHaveLength(2);
    if (process.env.SHOW_MOVES)
      console.log(`${ledger.size} events, ${copies.size} copies in the archive, moves: ${JSON.stringify(moves)}`);
  });
});
