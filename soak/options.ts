/** As on the command line. */
export interface GivenOptions {
  readonly minutes: string;
  readonly seed?: string;
}

export interface SoakOptions {
  readonly durationMs: number;
  /** 0 to 2^32 - 1. */
  readonly seed: number;
}

const MINUTES = { least: 0.5, most: 1440 };
const SEEDS = 2 ** 32;

/** Thrown for options that cannot be used; the message lists all mistakes. */
export class OptionsError extends Error {
  override readonly name = "OptionsError";
}

/**
 * @param random in [0, 1): becomes the seed, when none is given
 * @throws OptionsError listing every mistake
 */
export function parseOptions({ minutes, seed }: GivenOptions, random: number): SoakOptions {
  const mistakes: string[] = [];
  const parsedMinutes = /^\d{1,4}(\.\d+)?$/.test(minutes) ? Number(minutes) : Number.NaN;
  if (!(parsedMinutes >= MINUTES.least && parsedMinutes <= MINUTES.most)) {
    mistakes.push(`--minutes ${minutes} is not a number from ${MINUTES.least} to ${MINUTES.most}`);
  }
  const parsedSeed = seed === undefined ? Math.floor(random * SEEDS) : /^\d{1,10}$/.test(seed) ? Number(seed) : SEEDS;
  if (parsedSeed >= SEEDS) mistakes.push(`--seed ${seed} is not an integer from 0 to ${SEEDS - 1}`);
  if (mistakes.length > 0) throw new OptionsError(mistakes.join("\n"));
  return { durationMs: Math.round(parsedMinutes * 60_000), seed: parsedSeed };
}
