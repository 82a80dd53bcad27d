import { billOf, missingPrices, totalOf, usageOf } from "../../../cost/model/bill";
import { DEFAULT_WORKLOAD, type Measured } from "../../../cost/model/workload";
import type { Deployment } from "../../../cost/plan/deployment";
import { COMPLETE_REGION, REGIONS } from "../../../cost/prices/regions";
import type { MonthlyCost } from "../shared/page-state";
import type { FunctionTally } from "./function-tallies";

/** Of which a rate is taken, in milliseconds. */
const WINDOW_MS = 300_000;
const DAY_MS = 86_400_000;

/** Tallies of the functions that deliver from streams, by the stream's address in Terraform. */
export type StreamTallies = ReadonlyMap<string, FunctionTally>;

/** What the deployment would cost a month if the pipeline went on as in the last five minutes. */
export class CostOfRate {
  readonly #tallies: { atMs: number; tallies: StreamTallies }[] = [];

  /** @param tallies since the start */
  add(tallies: StreamTallies, atMs: number): void {
    this.#tallies.push({ atMs, tallies });
    while (this.#tallies.length > 2 && atMs - this.#tallies[1]!.atMs >= WINDOW_MS) this.#tallies.shift();
  }

  /** @returns undefined before there are two tallies */
  of(deployment: Deployment): MonthlyCost | undefined {
    const [first, last] = [this.#tallies[0], this.#tallies.at(-1)];
    if (!first || !last || last.atMs <= first.atMs) return undefined;
    const days = (last.atMs - first.atMs) / DAY_MS;
    const addresses = [...last.tallies.keys()];
    const rates = new Map(
      addresses.map((one) => [one, difference(first.tallies.get(one) ?? NOTHING, last.tallies.get(one)!)]),
    );
    const { region, usd } = costOf(deployment, { days, ...sumOfRates([...rates.values()]) });
    const fixedUsd = costOf(deployment, { days, ...difference(NOTHING, NOTHING) }).usd;
    const minutes = Math.max(1, Math.round((days * DAY_MS) / 60_000));
    const streams = new Map(
      addresses.map((one) => [one, { fixedUsd: fixedOf(one, deployment, fixedUsd), byRate: rates.get(one)! }]),
    );
    return {
      usd,
      fixedUsd,
      lanes: partsOf({ deployment, days, usd, fixedUsd }, streams),
      assumption: `The account's plan of logging-pipeline, by the prices of ${region}, if what the functions were sent in the last ${minutes === 1 ? "minute" : `${minutes} minutes`} went on for a month. A lane's part is what its stream costs, and its share of what depends on the rate; all else is shared. Access logs, Firehose and free tiers are not in it; npm run cost tells what is.`,
    };
  }
}

const NOTHING: FunctionTally = { sums: {}, reports: 0 };

type Rate = Readonly<Record<Exclude<keyof Measured, "days" | "time" | "logBytes">, number>>;

/** What the deployment would not cost without a stream, while nothing comes. */
function fixedOf(address: string, deployment: Deployment, fixedUsd: number): number {
  const streams = deployment.streams.filter((stream) => stream.address !== address);
  if (streams.length === deployment.streams.length) return 0;
  return fixedUsd - costOf({ ...deployment, streams }, { days: 1, ...difference(NOTHING, NOTHING) }).usd;
}

interface WholeCost {
  readonly deployment: Deployment;
  readonly days: number;
  readonly usd: number;
  readonly fixedUsd: number;
}

/** Shares what depends on the rate as it would be if each stream were alone: together they are some cents more or less. */
function partsOf(
  { deployment, days, usd, fixedUsd }: WholeCost,
  streams: ReadonlyMap<string, { readonly fixedUsd: number; readonly byRate: Rate }>,
): MonthlyCost["lanes"] {
  const alone = [...streams].map(([address, { fixedUsd: ofStream, byRate }]) => {
    const isIdle = Object.values(byRate).every((count) => count === 0);
    const weight = isIdle ? 0 : Math.max(0, costOf(deployment, { days, ...byRate }).usd - fixedUsd);
    return { address, fixedUsd: ofStream, weight };
  });
  const sum = alone.reduce((total, { weight }) => total + weight, 0);
  return Object.fromEntries(
    alone.map(({ address, fixedUsd: ofStream, weight }) => [
      address,
      { usd: ofStream + (sum === 0 ? 0 : ((usd - fixedUsd) * weight) / sum), fixedUsd: ofStream },
    ]),
  );
}

function sumOfRates(rates: readonly Rate[]): Rate {
  const sum: Record<keyof Rate, number> = { ...difference(NOTHING, NOTHING) };
  for (const rate of rates) for (const name of Object.keys(sum) as (keyof Rate)[]) sum[name] += rate[name];
  return sum;
}

/** What functions have counted between two tallies. */
function difference(before: FunctionTally, after: FunctionTally): Rate {
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
