/** What one way of doing the work took: CPU time of the process, in milliseconds, of each round. */
export type Rounds<Way extends string = string> = Readonly<Record<Way, readonly number[]>>;

export interface RoundsOptions {
  /** How often each way works in a round. Its time is that of one of them. @default 1 */
  times?: number;
  /** Rounds that count. */
  count: number;
  /** Rounds before them, in which the compiler learns. */
  warmUps: number;
  /** Told the time at hand, in CPU milliseconds since any beginning. */
  cpuMs?: () => number;
}

/** All threads of the process: what Lambda bills, and what other processes of the machine disturb least. */
export function processCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Lets each of `ways` work in every round, so that whatever disturbs the machine disturbs all of them. */
export async function inRounds<Way extends string>(
  ways: Readonly<Record<Way, () => unknown>>,
  { times = 1, count, warmUps, cpuMs = processCpuMs }: RoundsOptions,
): Promise<Rounds<Way>> {
  const names = Object.keys(ways) as Way[];
  const rounds = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Way, number[]>;
  for (let round = -warmUps; round < count; round++) {
    for (const name of names) {
      const start = cpuMs();
      for (let n = 0; n < times; n++) await ways[name]();
      if (round >= 0) rounds[name].push((cpuMs() - start) / times);
    }
  }
  return rounds;
}

/** @throws RangeError for no numbers */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted[sorted.length >> 1];
  if (middle === undefined) throw new RangeError("the median of nothing was asked for");
  return sorted.length % 2 === 1 ? middle : (middle + sorted[sorted.length / 2 - 1]!) / 2;
}

/** How many times as long as `base` the way called `name` took: the median of the ratios within each round. */
export function ratio<Way extends string>(rounds: Rounds<Way>, name: NoInfer<Way>, base: NoInfer<Way>): number {
  return median(rounds[name].map((time, round) => time / rounds[base][round]!));
}

/** How much longer than `base` the way called `name` took: the median of the differences within each round. */
export function beyond<Way extends string>(rounds: Rounds<Way>, name: NoInfer<Way>, base: NoInfer<Way>): number {
  return median(rounds[name].map((time, round) => time - rounds[base][round]!));
}
