import { validationError } from "../../core/settings/parse-variables";
import { wholeNumber } from "../../tools/usage/option-value";

/** Which envelopes the fuzzer tries. */
export interface FuzzSettings {
  seed: number;
  /** The first run. */
  first: number;
  /** How many, from the first on. */
  runs: number;
  /** Whether there are enough of them to say what share of all envelopes each path takes. */
  hasShares: boolean;
}

/** Of fewer, chance alone can move a share across its limit. */
const MIN_RUNS_OF_SHARES = 1000;

const COUNT = wholeNumber(1, Number.MAX_SAFE_INTEGER);
const RUN = wholeNumber(0, Number.MAX_SAFE_INTEGER);
const SEED = wholeNumber(0, 2 ** 32 - 1);

/**
 * Reads `FUZZ_RUNS`, `FUZZ_SEED` and `FUZZ_RUN`.
 *
 * @throws Error that says which value is not allowed, and which ones are
 */
export function fuzzSettings(environment: NodeJS.ProcessEnv): FuzzSettings {
  const read = (name: string, value: typeof COUNT, fallback: number): number => {
    const given = environment[name];
    if (given === undefined) return fallback;
    const parsed = value.parse(given);
    if (parsed === undefined) throw new Error(validationError(name, given, value));
    return parsed;
  };
  const seed = read("FUZZ_SEED", SEED, Math.floor(Math.random() * 2 ** 32));
  const runs = read("FUZZ_RUNS", COUNT, 10_000);
  if (environment.FUZZ_RUN !== undefined) return { seed, first: read("FUZZ_RUN", RUN, 0), runs: 1, hasShares: false };
  return { seed, first: 0, runs, hasShares: runs >= MIN_RUNS_OF_SHARES };
}
