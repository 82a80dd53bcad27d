import { Random } from "../tools/random";

/** What is done to the pipeline, by where; each name is a row of the report. */
export const FAULTS = {
  search: [
    "refuses connections",
    "resets before the request",
    "resets during the request",
    "resets after the request",
    "answers late",
    "answers by half",
    "answers 429",
    "answers 503",
    "blocks its indices",
    "killed",
  ],
  archive: [
    "refuses connections",
    "resets before the request",
    "resets during the request",
    "resets after the request",
    "answers late",
    "answers by half",
    "answers 503 SlowDown",
    "answers 500",
  ],
  function: ["killed", "frozen"],
} as const;

export type Place = keyof typeof FAULTS;
export type FaultName<P extends Place = Place> = (typeof FAULTS)[P][number];

/** A time in which one fault is done to one place, once or often. */
export interface Window<P extends Place = Place> {
  readonly name: FaultName<P>;
  /** Both in milliseconds since the run's start. */
  readonly startMs: number;
  readonly endMs: number;
  /** Decides what happens within it. */
  readonly seed: number;
}

export type Plan = { readonly [P in Place]: readonly Window<P>[] };

interface Range {
  readonly shortest: number;
  readonly longest: number;
}

/**
 * How long a fault goes on, and how long it is quiet before the next, in milliseconds: long enough for invocations to use
 * up their time; and between two faults of the function, which end everything that it does, it gets some work done.
 */
const TIMES: Readonly<Record<Place, { faulty: Range; quiet: Range }>> = {
  search: { faulty: { shortest: 2_000, longest: 9_000 }, quiet: { shortest: 500, longest: 4_000 } },
  archive: { faulty: { shortest: 2_000, longest: 9_000 }, quiet: { shortest: 2_000, longest: 8_000 } },
  function: { faulty: { shortest: 2_000, longest: 6_000 }, quiet: { shortest: 5_000, longest: 20_000 } },
};

/**
 * What will be done when: at each place one fault after the other, so that faults of different places overlap. Each fault
 * of a place has had its turn before one has its next.
 *
 * @param seed an integer, 0 to 2^32 - 1: the same one gives the same plan
 */
export function planOf(seed: number, durationMs: number): Plan {
  const random = new Random(seed);
  return {
    search: windows("search", new Random(random.seed()), durationMs),
    archive: windows("archive", new Random(random.seed()), durationMs),
    function: windows("function", new Random(random.seed()), durationMs),
  };
}

function windows<P extends Place>(place: P, random: Random, durationMs: number): Window<P>[] {
  const planned: Window<P>[] = [];
  const { faulty, quiet } = TIMES[place];
  let turns: FaultName<P>[] = [];
  for (let at = 0; ; ) {
    const startMs = at + random.integer(quiet.shortest, quiet.longest);
    const endMs = startMs + random.integer(faulty.shortest, faulty.longest);
    if (endMs > durationMs) return planned;
    if (turns.length === 0) turns = random.shuffled<FaultName<P>>(FAULTS[place]);
    planned.push({ name: turns.pop()!, startMs, endMs, seed: random.seed() });
    at = endMs;
  }
}
