import { setTimeout as sleep } from "node:timers/promises";
import { Random } from "../tools/random";
import { count } from "../tools/text/numbers";
import { isExactlyOnce, verdictOf } from "./audit/verdict";
import { type AuditedLane, startAuditedLane } from "./audited-lane";
import { checkCommands } from "./damage/check";
import { soakedIndexSettings } from "./damage/index-settings";
import { planFaults } from "./fault-plan";
import { reportProgress, startInjection } from "./injection";
import type { SoakRun } from "./options";
import type { SoakReport } from "./report";
import { startSoakServices } from "./services";
import type { TrafficSource } from "./traffic/draft";
import { Stranger } from "./traffic/stranger";
import { THREE_LOG_GROUPS, Traffic } from "./traffic/traffic";

/** What one run differs in from another. */
export interface SoakShape {
  /** The log groups whose events are put. */
  readonly sources?: readonly TrafficSource[];
  /** Variables of the function besides those of every soak. */
  readonly environment?: Readonly<Record<string, string>>;
}

const LANE = { name: "soak", shards: 3, parallelizationFactor: 2, batchSize: 100, timeoutSeconds: 12 };

/** About 40 records a second, 10 events each. */
const TICK_MS = 200;
const RECORDS = { fewest: 2, most: 14 };

/** The share of records that a stranger writes. */
const HOSTILE_SHARE = 0.08;

/** Unacknowledged records at which putting pauses, so that a slow machine meets the faults with current records. */
const MAX_OPEN = 2_000;

/** How long no record is acknowledged until the soak gives up; retries of a batch are up to ten seconds apart. */
const STALL_SECONDS = 120;

/**
 * Puts records and injects the planned faults for `durationMs`, then waits until all is delivered, and counts.
 *
 * @param say called with a line about the progress, every ten seconds
 * @param log called with each line of the function's log
 * @param shape @default three log groups, whose events an object of the archive has each of its own
 * @throws ProcessError when a part cannot be started
 */
export async function soak(
  { seed, durationMs, heapMib, audit }: SoakRun,
  say: (line: string) => void,
  log: (line: string) => void,
  { sources = THREE_LOG_GROUPS, environment }: SoakShape = {},
): Promise<SoakReport> {
  const fromMs = Date.now();
  const services = await startSoakServices(heapMib);
  const lane = await startAuditedLane(services, { ...LANE, ...(environment && { environment }), onLine: log });
  say("Everything runs. Putting events and injecting faults.");
  const plan = planFaults(seed, durationMs);
  const injection = startInjection(["search", "archive", "function"], plan, { ...services, ...lane });
  const progress = reportProgress(injection, say, () => {
    const { ledger } = lane;
    return `put ${ledger.events} events in ${ledger.records.length} records, ${ledger.open} unacknowledged`;
  });
  await Promise.all([
    putUntil(lane, new Random(seed), () => injection.elapsedMs() >= durationMs, sources),
    injection.ended,
  ]);

  say("All faults have ended. Waiting until everything is delivered.");
  const drained = await lane.drained(STALL_SECONDS);
  progress.stop();
  const { waits } = lane.ledger;
  await lane.stop();
  const found = await lane.find();
  const asDelivered = verdictOf(lane.ledger.records, found);
  const commands =
    audit === undefined || !isExactlyOnce(asDelivered)
      ? undefined
      : await checkCommands(
          {
            ...{ ...lane.places(), each: audit, seed, fromMs, toMs: Date.now(), s3Url: services.emulatorUrl },
            indexSettings: soakedIndexSettings(LANE.name, sources, environment),
            rejected: found.rejected,
          },
          say,
        );
  // Healed, everything has to be there once again.
  const verdict = commands ? verdictOf(lane.ledger.records, await lane.find()) : asDelivered;
  const notes = [`The archive has ${count(found.archiveObjects)} objects.`, ...(commands?.notes ?? [])];
  const { alreadyIndexed, searchCrashes } = services;
  const { invocations } = lane;
  await services.stop();
  const { faults } = injection;
  const { mistakes } = commands ?? {};
  return {
    ...{ faults, invocations, alreadyIndexed, drained, verdict, waits, searchCrashes, notes },
    ...(mistakes && { mistakes }),
  };
}

async function putUntil(
  lane: AuditedLane,
  random: Random,
  over: () => boolean,
  sources: readonly TrafficSource[],
): Promise<void> {
  const traffic = new Traffic(random, sources);
  const stranger = new Stranger(random, traffic, LANE.shards);
  const next = () => (random.chance(HOSTILE_SHARE) ? stranger.next() : traffic.next());
  while (!over()) {
    if (lane.ledger.open < MAX_OPEN) {
      await lane.put(Array.from({ length: random.integer(RECORDS.fewest, RECORDS.most) }, next));
    }
    await sleep(TICK_MS);
  }
}
