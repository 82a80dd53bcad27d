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

/** Returns the query for events of a level, whichever logger wrote them. */
export function levelQuery(level: string): object {
  const name = level.toLowerCase();
  const capitalized = name.charAt(0).toUpperCase() + name.slice(1);
  const number = Object.hasOwn(NUMBERS, name) ? [NUMBERS[name]!] : [];
  const spellings = [...new Set([level, name, name.toUpperCase(), capitalized, ...number])];
  const should = spellings.map((query) => ({
    // Lenient: a field of numbers, in an index without the template, takes no word.
    multi_match: { query, fields: LEVEL_FIELDS, type: "phrase", lenient: true },
  }));
  return { bool: { should, minimum_should_match: 1 } };
}
