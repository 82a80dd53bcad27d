import { SpanOp } from "./span-ops";
import { withStep } from "./span-step";

/** Words for levels: of Node's and Python's runtimes on Lambda, Log4j, Logback, java.util.logging, Python's logging, loguru, logrus. */
export const LEVEL_WORDS = [
  ...["FINEST", "FINER", "TRACE", "FINE", "DEBUG", "CONFIG", "INFO", "SUCCESS", "NOTICE"],
  ...["WARNING", "WARN", "SEVERE", "ERROR", "CRITICAL", "FATAL", "PANIC"],
] as const;

const LEVELS: ReadonlyMap<string, string> = new Map(LEVEL_WORDS.map((word) => [word, word.toLowerCase()]));

/** Returns a level as `log.level` has it, in lower case: the word stays the logger's own. @returns undefined: `word` is no level */
export const logLevel = (word: string): string | undefined => LEVELS.get(word);

/** The same, of a word that is known to be one. */
export const asKnownLevel = withStep(logLevel, { op: SpanOp.lowerCase });

/** The same, of a word in letters of any size. */
export const asAnyLevel = withStep((word: string) => logLevel(word.toUpperCase()), {
  op: SpanOp.wordsOfAnyCase,
  words: [...LEVELS.values()].map((level) => [level, level]),
});
