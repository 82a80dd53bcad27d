/** What one way of doing the work took: CPU time of the process, in milliseconds, of each round. */
export type Rounds = Readonly<Record<string, readonly number[]>>;

export interface RoundsOptions {
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

/** Lets each of `ways` work once in every round, so that whatever disturbs the machine disturbs all of them. */
export async function inRounds(
  ways: Readonly<Record<string, () => unknown>>,
  { count, warmUps, cpuMs = processCpuMs }: RoundsOptions,
): Promise<Rounds> {
  const rounds: Record<string, number[]> = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (let round = -warmUps; round < count; round++) {
    for (const [name, work] of Object.entries(ways)) {
      const start = cpuMs();
      await work();
      if (round >= 0) rounds[name]!.push(cpuMs() - start);
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
export function ratio(rounds: Rounds, name: string, base: string): number {
  return median(rounds[name]!.map((time, round) => time / rounds[base]![round]!));
}
