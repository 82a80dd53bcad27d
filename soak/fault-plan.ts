import { Random } from "../tools/random";

/** Faults of every HTTP server. */
const CONNECTION_FAULTS = [
  "refuses connections",
  "resets before the request",
  "resets during the request",
  "resets after the request",
  "answers late",
  "answers by half",
] as const;

/** The faults by the place they are injected into; each is a row of the report. */
export const FAULTS = {
  search: [...CONNECTION_FAULTS, "answers 429", "answers 503", "blocks its indices", "killed"],
  archive: [...CONNECTION_FAULTS, "answers 503 SlowDown", "answers 500"],
  function: ["killed", "frozen"],
  queue: [...CONNECTION_FAULTS, "answers 503", "delivers again"],
  stream: [...CONNECTION_FAULTS, "answers 500", "throttles records"],
  application: ["killed", "killed after a flush", "frozen"],
} as const;

export type FaultPlace = keyof typeof FAULTS;
export type FaultName<P extends FaultPlace = FaultPlace> = (typeof FAULTS)[P][number];

/** A time in which one fault is injected into one place, once or often. */
export interface FaultWindow<P extends FaultPlace = FaultPlace> {
  readonly name: FaultName<P>;
  /** Milliseconds since the start of the soak, as is `endMs`. */
  readonly startMs: number;
  readonly endMs: number;
  /** Decides what happens within it. */
  readonly seed: number;
}

export type FaultPlan = { readonly [P in FaultPlace]: readonly FaultWindow<P>[] };

/** Milliseconds. */
interface DurationRange {
  readonly shortest: number;
  readonly longest: number;
}

/**
 * How long a fault lasts, and the pause before the next one. A fault lasts long enough for invocations to reach their
 * deadline. Faults of the function end whatever it does, so it gets longer pauses to process records.
 */
const TIMES: Readonly<Record<FaultPlace, { fault: DurationRange; pause: DurationRange }>> = {
  search: { fault: { shortest: 2_000, longest: 9_000 }, pause: { shortest: 500, longest: 4_000 } },
  archive: { fault: { shortest: 2_000, longest: 9_000 }, pause: { shortest: 2_000, longest: 8_000 } },
  function: { fault: { shortest: 2_000, longest: 6_000 }, pause: { shortest: 5_000, longest: 20_000 } },
  queue: { fault: { shortest: 2_000, longest: 9_000 }, pause: { shortest: 2_000, longest: 8_000 } },
  stream: { fault: { shortest: 2_000, longest: 9_000 }, pause: { shortest: 1_000, longest: 6_000 } },
  application: { fault: { shortest: 1_000, longest: 6_000 }, pause: { shortest: 2_000, longest: 10_000 } },
};

/**
 * Plans one fault after the other for each place, so that faults of different places overlap. Each fault of a place has
 * its turn before any has its next.
 *
 * @param seed an integer, 0 to 2^32 - 1: the same seed gives the same plan
 */
export function planFaults(seed: number, durationMs: number): FaultPlan {
  const random = new Random(seed);
  return {
    search: windows("search", new Random(random.seed()), durationMs),
    archive: windows("archive", new Random(random.seed()), durationMs),
    function: windows("function", new Random(random.seed()), durationMs),
    queue: windows("queue", new Random(random.seed()), durationMs),
    stream: windows("stream", new Random(random.seed()), durationMs),
    application: windows("application", new Random(random.seed()), durationMs),
  };
}

function windows<P extends FaultPlace>(place: P, random: Random, durationMs: number): FaultWindow<P>[] {
  const planned: FaultWindow<P>[] = [];
  const { fault, pause } = TIMES[place];
  let turns: FaultName<P>[] = [];
  for (let at = 0; ; ) {
    const startMs = at + random.integer(pause.shortest, pause.longest);
    const endMs = startMs + random.integer(fault.shortest, fault.longest);
    if (endMs > durationMs) return planned;
    if (turns.length === 0) turns = random.shuffled<FaultName<P>>(FAULTS[place]);
    planned.push({ name: turns.pop()!, startMs, endMs, seed: random.seed() });
    at = endMs;
  }
}
