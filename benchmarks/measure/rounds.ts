/** CPU time of the process that each way of doing the work took, in milliseconds, round by round. */
export type Rounds<Way extends string = string> = Readonly<Record<Way, readonly number[]>>;

export interface RoundsOptions {
  /** Passes of each way in a round; a round's time is that of one pass. @default 1 */
  times?: number;
  /** Rounds that count. */
  count: number;
  /** Rounds before them, in which the compiler optimizes the code. */
  warmUps: number;
  /** Returns the current time in CPU milliseconds; the zero point does not matter. @default processCpuMs */
  cpuMs?: () => number;
}

/** CPU time of all threads of this process: Lambda bills it, and other processes disturb it least. */
export function processCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * Runs each of `ways` in every round, so that whatever disturbs the machine disturbs all of them; every other round backwards,
 * because the garbage of a way is collected during the next one.
 */
export async function inRounds<Way extends string>(
  ways: Readonly<Record<Way, () => unknown>>,
  { times = 1, count, warmUps, cpuMs = processCpuMs }: RoundsOptions,
): Promise<Rounds<Way>> {
  const names = Object.keys(ways) as Way[];
  const rounds = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Way, number[]>;
  for (let round = -warmUps; round < count; round++) {
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      const ms = await passMs(ways[name], times, cpuMs);
      if (round >= 0) rounds[name].push(ms);
    }
  }
  return rounds;
}

/** Does the work `times` times. @returns the CPU time of one pass, in milliseconds */
export async function passMs(work: () => unknown, times: number, cpuMs = processCpuMs): Promise<number> {
  const start = cpuMs();
  for (let n = 0; n < times; n++) await work();
  return (cpuMs() - start) / times;
}

/** CPU milliseconds that one way works in a round at least: shorter rounds would measure the clock. */
const ROUND_MS = 50;

/** How often a round repeats a pass of `ms` CPU milliseconds to take `roundMs`. */
export const timesFor = (ms: number, roundMs = ROUND_MS): number => Math.ceil(roundMs / ms);

/**
 * Measures a small batch often, and a large one only as often as takes no minutes.
 *
 * @param ms CPU milliseconds of one pass
 * @param budgetMs CPU milliseconds of all rounds together
 */
export function roundsFor(ms: number, budgetMs: number): Required<Pick<RoundsOptions, "times" | "count" | "warmUps">> {
  const times = timesFor(ms);
  const count = Math.floor(budgetMs / (ms * times));
  return { times, count: Math.min(15, Math.max(5, count)), warmUps: 1 };
}

/** A process works for so many CPU milliseconds, and so many passes, before anything is measured. */
const WARM_MS = 500;
const WARM_PASSES = 5;

/** Works until the compiler has optimized the code. @returns the mean CPU time of a pass, in milliseconds */
export async function warm(work: () => unknown, cpuMs = processCpuMs): Promise<number> {
  const start = cpuMs();
  for (let passes = 1; ; passes++) {
    await work();
    const ms = cpuMs() - start;
    if (ms >= WARM_MS && passes >= WARM_PASSES) return ms / passes;
  }
}

/** @throws RangeError for an empty list */
export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5);

/**
 * Interpolates linearly between the two nearest numbers.
 *
 * @param share 0 for the least number to 1 for the largest
 * @throws RangeError for an empty list
 */
export function quantile(numbers: readonly number[], share: number): number {
  if (numbers.length === 0) throw new RangeError("an empty list has no quantiles");
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)]!;
  return below + (sorted[Math.ceil(at)]! - below) * (at % 1);
}

/** How many times as long as `base` the way called `name` took in each round. */
export function ratios<Way extends string>(rounds: Rounds<Way>, name: NoInfer<Way>, base: NoInfer<Way>): number[] {
  return rounds[name].map((time, round) => time / rounds[base][round]!);
}

/** The median of the ratios within each round. */
export function ratio<Way extends string>(rounds: Rounds<Way>, name: NoInfer<Way>, base: NoInfer<Way>): number {
  return median(ratios(rounds, name, base));
}

/** How much longer than `base` the way called `name` took: the median of the differences within each round. */
export function beyond<Way extends string>(rounds: Rounds<Way>, name: NoInfer<Way>, base: NoInfer<Way>): number {
  return median(rounds[name].map((time, round) => time - rounds[base][round]!));
}
