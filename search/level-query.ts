/** Where loggers write the level: most of them, ECS, those of Google Cloud, and Serilog. */
const LEVEL_FIELDS = ["level", "log.level", "severity", "Level", "@l"];

/**
 * Words for one level, the least severe level first: those of syslog (RFC 5424 and rsyslog's old names), Node.js (pino, winston),
 * Python (logging, loguru), Java (Log4j, Logback, java.util.logging), .NET (Microsoft.Extensions.Logging, Serilog), Go (logrus, zap)
 * and Google Cloud; the numbers are those of pino and Bunyan.
 */
const SYNONYMS: readonly (readonly string[])[] = [
  ["trace", "finest", "finer", "silly", "verbose", "10"],
  ["debug", "fine", "config", "20"],
  ["http"],
  ["info", "information", "informational", "30"],
  ["success"],
  ["notice"],
  ["warn", "warning", "40"],
  ["error", "err", "severe", "50"],
  ["fatal", "critical", "crit", "60"],
  ["alert"],
  ["emerg", "emergency", "panic", "dpanic"],
];

/** How loggers write a level, or another one by the same meaning. */
function spellingsOf(level: string): string[] {
  const name = level.toLowerCase();
  const words = SYNONYMS.find((synonyms) => synonyms.includes(name)) ?? [name];
  const spelled = words.map((word) => [word, word.toUpperCase(), word.charAt(0).toUpperCase() + word.slice(1)]);
  return [...new Set([level, ...spelled.flat()])];
}

/** Returns the name of a level that a logger wrote: one for all spellings, and any other word as it is. */
export function levelName(written: string): string {
  const name = written.toLowerCase();
  const synonyms = SYNONYMS.find((words) => words.includes(name));
  return NAMES.find((each) => synonyms?.includes(each)) ?? synonyms?.[0] ?? written;
}

/** Those that most loggers write; of other synonyms, the first. */
const NAMES = ["trace", "debug", "info", "warn", "error", "fatal"];

/** In DQL, events that have a level. */
export const ANY_LEVEL = LEVEL_FIELDS.map((field) => `${field}: *`).join(" or ");

/** Returns the DQL for events of one of these levels, whichever logger wrote them. @param levels words */
export function levelText(...levels: readonly string[]): string {
  const spellings = levels.flatMap(spellingsOf).join(" or ");
  return LEVEL_FIELDS.map((field) => `${field}: (${spellings})`).join(" or ");
}

/** Returns the query for events of a level, whichever logger wrote them, by whichever of its names. */
export function levelQuery(level: string): object {
  const should = spellingsOf(level).map((query) => ({
    // Lenient: a field of numbers, in an index without the template, takes no word.
    multi_match: { query, fields: LEVEL_FIELDS, type: "phrase", lenient: true },
  }));
  return { bool: { should, minimum_should_match: 1 } };
}
