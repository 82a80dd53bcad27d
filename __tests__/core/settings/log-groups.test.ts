import { patternErrors } from "../../../core/patterns/pattern-errors";
import { parseEnvironment } from "../../../core/settings/environment";
import { LOG_GROUPS_ALLOWED, parseLogGroups } from "../../../core/settings/log-groups";

const REQUIRED = {
  SEARCH_ENDPOINT: "https://search.example",
  ARCHIVE_BUCKET: "logs-archive",
  AWS_REGION: "eu-central-1",
};

const errorsOf = (value: unknown) => parseLogGroups(JSON.stringify(value)).errors;

/** The lines of the error for an environment with these variables. */
function mistakesIn(env: Record<string, string>): string[] {
  try {
    parseEnvironment({ ...REQUIRED, ...env }, patternErrors);
    return [];
  } catch (error) {
    return (error as Error).message.split("\n- ").slice(1);
  }
}

const HISTORY = { prefix: "cwl-", index: "", period: "day" };

describe("parseLogGroups", () => {
  it("reads the variables of each entry as the function's own are read; an empty one has its default", () => {
    const { exceptions } = parseLogGroups(
      JSON.stringify([
        { names: ["/a", "/b"], PARSER: "lambda", KEEP_MESSAGE: "off", INDEX_NAME: "" },
        { names: ["/c"], PARSER: "", RULES: '[{"action":"drop"}]', JOIN_LINES: null },
      ]),
    );
    expect(exceptions).toEqual([
      { names: ["/a", "/b"], variables: { PARSER: "lambda", KEEP_MESSAGE: false, INDEX_NAME: "" } },
      { names: ["/c"], variables: { PARSER: "none", RULES: [{ action: "drop", rate: 0 }] } },
    ]);
  });

  it("takes a list of none", () => {
    expect(parseLogGroups("[]")).toEqual({ exceptions: [], errors: [] });
  });

  it.each(['{"names":["/a"]}', "x", "1"])("takes no %s", (json) => {
    expect(parseLogGroups(json).errors).toEqual([
      `LOG_GROUPS is ${JSON.stringify(json)}, no JSON list. Allowed: ${LOG_GROUPS_ALLOWED}.`,
    ]);
  });

  it("lists all mistakes, each with its place", () => {
    const errors = errorsOf([
      1,
      { names: [], PARSER: "lamda", SEARCH_ENDPOINT: "https://other.example" },
      { names: ["/a", ""], ARCHIVE_CONTENT: "raw", KEEP_MESSAGE: true },
      { names: ["x".repeat(513)], RULES: '[{"action":"burn"}]', EXTRACT_FIELDS: '{"page":{"from":"x"}}' },
      { PARSER: "auto", INDEX_NAME: "A", INDEX_HISTORY: '{"2026":{}}' },
    ]);
    expect(errors.map((error) => error.split(". Allowed")[0])).toEqual([
      "LOG_GROUPS[0] is 1, no JSON object",
      'LOG_GROUPS[1] has "SEARCH_ENDPOINT"',
      "LOG_GROUPS[1].names is []",
      'LOG_GROUPS[1].PARSER is "lamda"',
      'LOG_GROUPS[2] has "ARCHIVE_CONTENT"',
      'LOG_GROUPS[2].names is ["/a",""]',
      "LOG_GROUPS[2].KEEP_MESSAGE is true, no text",
      expect.stringMatching(/^LOG_GROUPS\[3\]\.names is \["x+… \(517 characters\)$/),
      'LOG_GROUPS[3].EXTRACT_FIELDS["page"].pattern is missing',
      'LOG_GROUPS[3].RULES[0].action is "burn"',
      "LOG_GROUPS[4].names is missing",
      'LOG_GROUPS[4].INDEX_NAME is "A"',
      'LOG_GROUPS[4].INDEX_HISTORY is "{\\"2026\\":{}}"',
    ]);
  });

  it("takes each log group once: nobody shall wonder which of two holds", () => {
    expect(errorsOf([{ names: ["/a", "/b", "/a"] }, { names: ["/c", "/b"] }])).toEqual([
      'LOG_GROUPS[0] names "/a", which LOG_GROUPS[0] has named. Allowed: each log group once.',
      'LOG_GROUPS[1] names "/b", which LOG_GROUPS[0] has named. Allowed: each log group once.',
    ]);
  });
});

describe("parseEnvironment, LOG_GROUPS", () => {
  it("reports its mistakes together with those of the function's own variables", () => {
    const LOG_GROUPS = JSON.stringify([{ names: ["/a"], PARSER: "x" }]);
    expect(mistakesIn({ LOG_GROUPS, PARSER: "y" })).toEqual([
      expect.stringMatching(/^PARSER is "y"\./),
      expect.stringMatching(/^LOG_GROUPS\[0\]\.PARSER is "x"\./),
    ]);
  });

  it("reports patterns that RE2 does not take, with their places", () => {
    const LOG_GROUPS = JSON.stringify([
      { names: ["/a"], JOIN_LINES: "(?=x)" },
      { names: ["/b"], RULES: '[{"action":"drop","pattern":"("}]', EXTRACT_FIELDS: '{"x":{"from":"y","pattern":"["}}' },
    ]);
    expect(mistakesIn({ LOG_GROUPS, JOIN_LINES: "*" }).map((error) => error.split(" is ")[0])).toEqual([
      "JOIN_LINES",
      "LOG_GROUPS[0].JOIN_LINES",
      'LOG_GROUPS[1].EXTRACT_FIELDS["x"].pattern',
      "LOG_GROUPS[1].RULES[0].pattern",
    ]);
  });

  it("takes no history of other times, prefixes or periods than the function's, which the template and the clean-up know", () => {
    const own = { "2026-12-01T00:00:00Z": HISTORY };
    const mistakesOf = (history: unknown) =>
      mistakesIn({
        INDEX_HISTORY: JSON.stringify(own),
        LOG_GROUPS: JSON.stringify([{ names: ["/a"] }, { names: ["/b"], INDEX_HISTORY: JSON.stringify(history) }]),
      });
    expect(mistakesOf({ "2026-12-01T00:00:00Z": { ...HISTORY, index: "other" } })).toEqual([]);
    const others = [
      {},
      { "2026-12-01T01:00:00Z": HISTORY },
      { "2026-12-01T00:00:00Z": { ...HISTORY, prefix: "logs-" } },
      { "2026-12-01T00:00:00Z": { ...HISTORY, period: "week" } },
    ];
    for (const other of others) {
      expect(mistakesOf(other)).toEqual([
        expect.stringMatching(
          /^LOG_GROUPS\[1\]\.INDEX_HISTORY has other times, prefixes or periods than INDEX_HISTORY\./,
        ),
      ]);
    }
  });
});
