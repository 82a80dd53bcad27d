import { setTimeout as sleep } from "node:timers/promises";
import { Random } from "../tools/random";
import { verdictOf } from "./audit/verdict";
import { type AuditedLane, startAuditedLane } from "./audited-lane";
import { CountsByName } from "./counts-by-name";
import { type FaultPlace, type FaultWindow, planFaults } from "./fault-plan";
import { inject } from "./inject";
import type { SoakOptions } from "./options";
import type { SoakReport } from "./report";
import { startSoakServices } from "./services";
import { Stranger } from "./traffic/stranger";
import { Traffic } from "./traffic/traffic";

const LANE = { name: "soak", shards: 3, parallelizationFactor: 2, batchSize: 100, timeoutSeconds: 12 };

/** About 40 records a second, 10 events each. */
const TICK_MS = 200;
const RECORDS = { fewest: 2, most: 14 };

/** The share of records that a stranger writes. */
const HOSTILE_SHARE = 0.08;

/** Unacknowledged records at which putting pauses, so that a slow machine meets the faults with current records. */
const MAX_OPEN = 2_000;

const PROGRESS_SECONDS = 10;

/** How long no record is acknowledged until the soak gives up; retries of a batch are up to ten seconds apart. */
const STALL_SECONDS = 120;

/**
 * Puts records and injects the planned faults for `durationMs`, then waits until all is delivered, and counts.
 *
 * @param say called with a line about the progress, every ten seconds
 * @param log called with each line of the function's log
 * @throws ProcessError when a part cannot be started
 */
export async function soak(
  { seed, durationMs, heapMib }: SoakOptions,
  say: (line: string) => void,
  log: (line: string) => void,
): Promise<SoakReport> {
  const services = await startSoakServices(heapMib);
  const lane = await startAuditedLane(services, { ...LANE, onLine: log });
  say("Everything runs. Putting events and injecting faults.");
  const faults = new CountsByName();
  const started = performance.now();
  const elapsed = () => performance.now() - started;
  const plan = planFaults(seed, durationMs);
  const current = new Map<FaultPlace, string>();

  const progress = setInterval(() => {
    const time = new Date(elapsed()).toISOString().slice(11, 19);
    const { ledger } = lane;
    const injected = [...current].map(([place, name]) => `${place} ${name}`).join(", ") || "none";
    const records = `${ledger.records.length} records, ${ledger.open} unacknowledged`;
    say(`${time}  put ${ledger.events} events in ${records}; current faults: ${injected}`);
  }, PROGRESS_SECONDS * 1000);

  const injectInto = async (place: FaultPlace, windows: readonly FaultWindow[]) => {
    for (const window of windows) {
      await sleep(Math.max(0, window.startMs - elapsed()));
      current.set(place, window.name);
      await inject(place, window, { ...services, ...lane }, faults);
      current.delete(place);
    }
  };
  await Promise.all([
    putUntil(lane, new Random(seed), () => elapsed() >= durationMs),
    injectInto("search", plan.search),
    injectInto("archive", plan.archive),
    injectInto("function", plan.function),
  ]);

  say("All faults have ended. Waiting until everything is delivered.");
  const drained = await lane.drained(STALL_SECONDS);
  clearInterval(progress);
  const { waits } = lane.ledger;
  await lane.stop();
  const verdict = verdictOf(lane.ledger.records, await lane.find());
  const { alreadyIndexed, searchCrashes } = services;
  const { invocations } = lane;
  await services.stop();
  return { faults, invocations, alreadyIndexed, drained, verdict, waits, searchCrashes };
}

async function putUntil(lane: AuditedLane, random: Random, over: () => boolean): Promise<void> {
  const traffic = new Traffic(random);
  const stranger = new Stranger(random, traffic, LANE.shards);
  const next = () => (random.chance(HOSTILE_SHARE) ? stranger.next() : traffic.next());
  while (!over()) {
    if (lane.ledger.open < MAX_OPEN) {
      await lane.put(Array.from({ length: random.integer(RECORDS.fewest, RECORDS.most) }, next));
    }
    await sleep(TICK_MS);
  }
}
