/** Where loggers write the level: most of them, ECS, those of Google Cloud, and Serilog. */
const LEVEL_FIELDS = ["level", "log.level", "severity", "Level", "@l"];

/** What pino and Bunyan write for a level's name. */
const NUMBERS: Readonly<Record<string, string>> = {
  trace: "10",
  debug: "20",
  info: "30",
  warn: "40",
  error: "50",
  fatal: "60",
};

/** How loggers write a level. */
function spellingsOf(level: string): string[] {
  const name = level.toLowerCase();
  const capitalized = name.charAt(0).toUpperCase() + name.slice(1);
  const number = Object.hasOwn(NUMBERS, name) ? [NUMBERS[name]!] : [];
  return [...new Set([level, name, name.toUpperCase(), capitalized, ...number])];
}

/** In DQL, events that have a level. */
export const ANY_LEVEL = LEVEL_FIELDS.map((field) => `${field}: *`).join(" or ");

/** Returns the DQL for events of one of these levels, whichever logger wrote them. @param levels words */
export function levelText(...levels: readonly string[]): string {
  const spellings = levels.flatMap(spellingsOf).join(" or ");
  return LEVEL_FIELDS.map((field) => `${field}: (${spellings})`).join(" or ");
}

/** Returns the query for events of a level, whichever logger wrote them. */
export function levelQuery(level: string): object {
  const should = spellingsOf(level).map((query) => ({
    // Lenient: a field of numbers, in an index without the template, takes no word.
    multi_match: { query, fields: LEVEL_FIELDS, type: "phrase", lenient: true },
  }));
  return { bool: { should, minimum_should_match: 1 } };
}
