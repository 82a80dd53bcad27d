import { setTimeout as sleep } from "node:timers/promises";
import { Random } from "../../tools/random";
import { planFaults } from "../fault-plan";
import { reportProgress, startInjection } from "../injection";
import type { SoakRun } from "../options";
import type { SoakReport } from "../report";
import { type SoakServices, startSoakServices } from "../services";
import { findLines } from "./found-lines";
import { linesVerdict } from "./lines-verdict";
import { type ObjectLane, startObjectLane } from "./object-lane";
import { drained } from "./object-queue";
import { ObjectTraffic } from "./object-traffic";

const NAME = "soak";

/**
 * A message is visible again after twice the timeout: AWS advises six times, after which kills would wait for most of the soak. No
 * message is given up, however often its function is killed.
 */
const LANE = { timeoutSeconds: 12, visibilitySeconds: 24, maxReceiveCount: 1_000, maximumConcurrency: 4, batchSize: 3 };

/** About an object a second. */
const PUT_MS = { shortest: 200, longest: 1_800 };

/** Waiting messages at which putting pauses, so that a slow machine meets the faults with current objects. */
const MAX_WAITING = 60;

/** How long the number of messages stays the same until the soak gives up. */
const STALL_SECONDS = 180;

/**
 * Puts objects of access logs and injects the planned faults for `durationMs`, then waits until all is delivered, and counts.
 *
 * @param say called with a line about the progress, every ten seconds
 * @param log called with each line of the function's log
 * @throws ProcessError when a part cannot be started
 */
export async function soakAccessLogs(
  { seed, durationMs, heapMib }: SoakRun,
  say: (line: string) => void,
  log: (line: string) => void,
): Promise<SoakReport> {
  const services = await startSoakServices(heapMib);
  const lane = await startObjectLane(services.clients, {
    ...{ name: NAME, ...LANE, environment: environment(services) },
    onLine: log,
  });
  say("Everything runs. Putting objects and injecting faults.");
  const blockIndices = (blocked: boolean) => services.blockIndices(`${NAME}-*`, blocked);
  const plan = planFaults(seed, durationMs);
  const targets = { ...services, ...lane, blockIndices };
  const injection = startInjection(["search", "archive", "function", "queue"], plan, targets);
  const { ledger } = lane;
  const progress = reportProgress(
    injection,
    say,
    () => `put ${ledger.lines} lines in ${ledger.objects.length} objects`,
  );
  const over = () => injection.elapsedMs() >= durationMs;
  await Promise.all([putUntil(lane, new Random(seed), over), injection.ended]);

  say("All faults have ended. Waiting until everything is delivered.");
  const isDrained = await drained(lane.queue, STALL_SECONDS);
  progress.stop();
  await lane.stop();
  const search = { endpoint: services.search.url, indexPattern: `${NAME}-*` };
  const found = await findLines(search, { bucket: NAME, prefix: "" }, services.clients.s3);
  const verdict = linesVerdict(ledger, found);
  const { alreadyIndexed, searchCrashes } = services;
  const { invocations } = lane;
  await services.stop();
  const { faults } = injection;
  return { faults, invocations, alreadyIndexed, drained: isDrained, verdict, waits: [], searchCrashes };
}

/** Small limits, so that timeouts and several requests for an object really occur. */
function environment({ searchProxy, archiveProxy, queueProxy }: SoakServices): Record<string, string> {
  return {
    SEARCH_ENDPOINT: searchProxy.url,
    INDEX_PREFIX: `${NAME}-`,
    INDEX_TEMPLATE: NAME,
    AWS_ENDPOINT_URL_S3: archiveProxy.url,
    AWS_ENDPOINT_URL_SQS: queueProxy.url,
    BULK_MAX_BYTES: String(64 * 1024),
    REQUEST_TIMEOUT_SECONDS: "3",
    EVENT_ORIGINAL: "on",
  };
}

async function putUntil(lane: ObjectLane, random: Random, over: () => boolean): Promise<void> {
  const traffic = new ObjectTraffic(random);
  while (!over()) {
    if ((await lane.queue.waiting()) < MAX_WAITING) {
      const draft = traffic.next();
      await lane.put(draft);
      if (draft.then) {
        // Sometimes after the function has begun to read it.
        await sleep(random.integer(0, 1_000));
        if (draft.then === "deleted") await lane.delete(draft.key);
        else await lane.put(traffic.overwriting(draft));
      }
    }
    await sleep(random.integer(PUT_MS.shortest, PUT_MS.longest));
  }
}
