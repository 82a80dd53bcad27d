/** The levels and pino's numbers for them: a logger writes its own level and those above it. */
export const LEVEL_NUMBERS = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 } as const;

/** The name of a level. */
export type LevelName = keyof typeof LEVEL_NUMBERS;

const NAMES = Object.keys(LEVEL_NUMBERS) as LevelName[];

export const isLevelName = (text: unknown): text is LevelName => NAMES.includes(text as LevelName);

/** The name of pino's number of a level; of a number between two, the lower one's. */
export function levelNameOf(level: number): LevelName {
  return NAMES.findLast((name) => level >= LEVEL_NUMBERS[name]) ?? "trace";
}
