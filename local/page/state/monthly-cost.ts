import { billOf, missingPrices, totalOf, usageOf } from "../../../cost/model/bill";
import { DEFAULT_WORKLOAD, type Measured } from "../../../cost/model/workload";
import type { Deployment } from "../../../cost/plan/deployment";
import { COMPLETE_REGION, REGIONS } from "../../../cost/prices/regions";
import type { MonthlyCost } from "../shared/page-state";
import type { FunctionTally } from "./function-tallies";

/** Of which a rate is taken, in milliseconds. */
const WINDOW_MS = 300_000;
const DAY_MS = 86_400_000;

/** What the deployment would cost a month if the pipeline went on as in the last five minutes. */
export class CostOfRate {
  readonly #tallies: { atMs: number; tally: FunctionTally }[] = [];

  /** @param tally of all functions, since the start */
  add(tally: FunctionTally, atMs: number): void {
    this.#tallies.push({ atMs, tally });
    while (this.#tallies.length > 2 && atMs - this.#tallies[1]!.atMs >= WINDOW_MS) this.#tallies.shift();
  }

  /** @returns undefined before there are two tallies */
  of(deployment: Deployment): MonthlyCost | undefined {
    const [first, last] = [this.#tallies[0], this.#tallies.at(-1)];
    if (!first || !last || last.atMs <= first.atMs) return undefined;
    const days = (last.atMs - first.atMs) / DAY_MS;
    const { region, usd } = costOf(deployment, { days, ...difference(first.tally, last.tally) });
    const minutes = Math.max(1, Math.round((days * DAY_MS) / 60_000));
    return {
      usd,
      fixedUsd: costOf(deployment, { days, ...difference(last.tally, last.tally) }).usd,
      assumption: `The account's plan of logging-pipeline, by the prices of ${region}, if what the functions were sent in the last ${minutes === 1 ? "minute" : `${minutes} minutes`} went on for a month. Access logs, Firehose and free tiers are not in it; npm run cost tells what is.`,
    };
  }
}

/** What functions have counted between two tallies. */
function difference(before: FunctionTally, after: FunctionTally): Omit<Measured, "days"> {
  const of = (name: string) => (after.sums[name] ?? 0) - (before.sums[name] ?? 0);
  return {
    streamBytes: of("ReceivedBytes"),
    streamRecords: of("Records"),
    invocations: after.reports - before.reports,
    functionSeconds: of("Duration") / 1_000,
    events: of("Events"),
    sentBytes: of("SentBytes"),
    archivedBytes: of("ArchivedBytes"),
  };
}

/** By the prices of its own region, or where one is missing by those of the region that has all. */
function costOf(deployment: Deployment, measured: Measured): { region: string; usd: number } {
  const usages = usageOf(deployment, { ...DEFAULT_WORKLOAD, measured });
  const own = REGIONS.get(deployment.region ?? COMPLETE_REGION);
  const prices = own && missingPrices(usages, own).length === 0 ? own : REGIONS.get(COMPLETE_REGION)!;
  return { region: prices.region, usd: totalOf(billOf(usages, prices)) };
}
