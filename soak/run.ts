import { setTimeout as sleep } from "node:timers/promises";
import { Random } from "../tools/random";
import { verdictOf } from "./audit/verdict";
import { inject } from "./inject";
import { type Lane, startLane } from "./lane";
import type { SoakOptions } from "./options";
import { type Place, planOf, type Window } from "./plan";
import type { SoakReport } from "./report";
import { startServices } from "./services";
import { Tally } from "./tally";
import { Traffic } from "./traffic/traffic";

const LANE = { name: "soak", shards: 3, parallelizationFactor: 2, batchSize: 100, timeoutSeconds: 12 };

/** About 40 records a second, 10 events each. */
const TICK_MS = 200;
const RECORDS = { fewest: 2, most: 14 };

/** Records that are not finished yet: a slow machine puts fewer, so that it meets the faults with work of now. */
const MOST_OPEN = 2_000;

const PROGRESS_SECONDS = 10;

/** How long no record is finished until the rest is given up; tries of a batch are up to ten seconds apart. */
const STALL_SECONDS = 120;

/**
 * Puts records and does the plan's faults until the time is over, then waits until all is delivered, and counts.
 *
 * @param say told now and then how it goes
 * @param log told each line of the function's log
 * @throws ProcessError when a part cannot be started
 */
export async function soak(
  { seed, durationMs }: SoakOptions,
  say: (line: string) => void,
  log: (line: string) => void,
): Promise<SoakReport> {
  const services = await startServices();
  const lane = await startLane(services, { ...LANE, onLine: log });
  say("Everything runs; putting events and doing faults.");
  const faults = new Tally();
  const started = Date.now();
  const elapsed = () => Date.now() - started;
  const plan = planOf(seed, durationMs);
  const now = new Map<Place, string>();

  const progress = setInterval(() => {
    const time = new Date(elapsed()).toISOString().slice(11, 19);
    const { ledger } = lane;
    const current = [...now].map(([place, name]) => `${place} ${name}`).join(", ") || "nothing";
    const records = `${ledger.records.length} records, ${ledger.open} not finished`;
    say(`${time}  put ${ledger.events} events in ${records}; now: ${current}`);
  }, PROGRESS_SECONDS * 1000);

  const doTo = async (place: Place, windows: readonly Window[]) => {
    for (const window of windows) {
      await sleep(Math.max(0, window.startMs - elapsed()));
      now.set(place, window.name);
      await inject(place, window, { ...services, ...lane }, faults);
      now.delete(place);
    }
  };
  await Promise.all([
    putUntil(lane, new Random(seed), () => elapsed() >= durationMs),
    doTo("search", plan.search),
    doTo("archive", plan.archive),
    doTo("function", plan.function),
  ]);

  say("All faults are over; waiting until everything is delivered.");
  const drained = await lane.drained(STALL_SECONDS);
  clearInterval(progress);
  await lane.stop();
  const verdict = verdictOf(lane.ledger.records, await lane.find());
  const { alreadyPresent } = services;
  await services.stop();
  return { faults, invocations: lane.invocations, alreadyPresent, drained, verdict };
}

async function putUntil(lane: Lane, random: Random, over: () => boolean): Promise<void> {
  const traffic = new Traffic(random);
  while (!over()) {
    if (lane.ledger.open < MOST_OPEN) {
      await lane.put(Array.from({ length: random.integer(RECORDS.fewest, RECORDS.most) }, () => traffic.next()));
    }
    await sleep(TICK_MS);
  }
}
