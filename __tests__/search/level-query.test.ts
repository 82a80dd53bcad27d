import { LEVEL_WORDS } from "../../core/parsers/log-level";
import { levelName, levelQuery } from "../../search/level-query";
import { visualizationObjects } from "../../search/saved-objects/visualizations";

/** The words that loggers document: each row is one logger's levels. */
const LOGGERS = {
  pino: ["trace", "debug", "info", "warn", "error", "fatal"],
  winston: ["error", "warn", "info", "http", "verbose", "debug", "silly"],
  "winston, syslog": ["emerg", "alert", "crit", "error", "warning", "notice", "info", "debug"],
  rsyslog: ["panic", "err", "warn"],
  python: ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"],
  loguru: ["TRACE", "DEBUG", "INFO", "SUCCESS", "WARNING", "ERROR", "CRITICAL"],
  log4j: ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"],
  "java.util.logging": ["FINEST", "FINER", "FINE", "CONFIG", "INFO", "WARNING", "SEVERE"],
  serilog: ["Verbose", "Debug", "Information", "Warning", "Error", "Fatal"],
  "Microsoft.Extensions.Logging": ["Trace", "Debug", "Information", "Warning", "Error", "Critical"],
  zap: ["debug", "info", "warn", "error", "dpanic", "panic", "fatal"],
  "Google Cloud": ["DEBUG", "INFO", "NOTICE", "WARNING", "ERROR", "CRITICAL", "ALERT", "EMERGENCY"],
};

const WORDS = [...new Set([...Object.values(LOGGERS).flat(), ...LEVEL_WORDS])];

function spellings(level: string): string[] {
  const { bool } = levelQuery(level) as { bool: { should: { multi_match: { query: string } }[] } };
  return bool.should.map(({ multi_match }) => multi_match.query);
}

describe("levelQuery", () => {
  it.each([
    ["warn", ["WARNING", "Warning", "40"]],
    ["error", ["err", "SEVERE", "50"]],
    ["critical", ["FATAL", "crit", "60"]],
    ["Information", ["INFO", "informational", "30"]],
    ["trace", ["FINEST", "silly", "Verbose"]],
    ["emerg", ["EMERGENCY", "panic"]],
  ])("finds %s by whichever of its names a logger wrote it", (level, others) => {
    expect(spellings(level)).toEqual(expect.arrayContaining(others));
  });

  it.each([
    ["warn", "error"],
    ["info", "notice"],
    ["debug", "trace"],
    ["error", "critical"],
  ])("does not find %s by %s, which is another level", (level, other) => {
    expect(spellings(level)).not.toContain(other);
  });

  it("finds the same by each of a level's names", () => {
    for (const word of WORDS)
      for (const other of spellings(word))
        expect(spellings(other).sort()).toEqual(spellings(word.toLowerCase()).sort());
  });

  it("takes a word that is no level's as it is, in any case", () => {
    expect(spellings("Audit")).toEqual(["Audit", "audit", "AUDIT"]);
  });
});

it("levels over time counts every logger's words under one level each", () => {
  const [levels] = visualizationObjects({ pipeline: "p" });
  const { aggs } = JSON.parse(String(levels!.attributes.visState)) as {
    aggs: { params: { filters?: { label: string; input: { query: string } }[] } }[];
  };
  const filters = aggs.flatMap(({ params }) => params.filters ?? []).filter(({ label }) => label !== "no level");
  const counted = filters.map(({ input }) => /\blevel: \(([^)]*)\)/.exec(input.query)![1]!.split(" or "));
  expect(counted).toHaveLength(5);
  for (const word of WORDS) expect([word, counted.filter((words) => words.includes(word)).length]).toEqual([word, 1]);
});

describe("levelName", () => {
  it.each([
    ["WARNING", "warn"],
    ["40", "warn"],
    ["err", "error"],
    ["Critical", "fatal"],
    ["verbose", "trace"],
    ["notice", "notice"],
    ["Karma", "Karma"],
  ])("names %s %s", (written, name) => expect(levelName(written)).toBe(name));

  it("is a level of the same query", () => {
    for (const word of WORDS) expect(spellings(levelName(word))).toContain(word);
  });
});
