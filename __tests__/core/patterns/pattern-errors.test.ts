import { patternErrors } from "../../../core/patterns/pattern-errors";
import { parseAccessLogsEnvironment } from "../../../core/settings/access-logs";
import { parseEnvironment } from "../../../core/settings/environment";
import { parseFirehoseTransformEnvironment } from "../../../core/settings/firehose-transform";

const WRONG = {
  AWS_REGION: "Frankfurt",
  EXTRACT_FIELDS: JSON.stringify({ a: { from: "b", pattern: "(" }, c: { from: "b", pattern: "d" } }),
  JOIN_LINES: "[",
  RULES: JSON.stringify([
    { action: "redact", what: ["email"] },
    { action: "drop", pattern: "(?=a)" },
    { action: "sample", rate: 1 },
    { action: "redact", pattern: "x{1001}" },
  ]),
};
const PLACES = ['EXTRACT_FIELDS["a"].pattern is "("', 'RULES[1].pattern is "(?=a)"', 'RULES[3].pattern is "x{1001}"'];

function linesOf(parse: () => unknown): string[] {
  try {
    parse();
  } catch (error) {
    return (error as Error).message.split("\n");
  }
  return [];
}

describe("patternErrors", () => {
  it("names every pattern that RE2 does not take, beside all else that is wrong with a function's variables", () => {
    const forwarder = linesOf(() => parseEnvironment(WRONG, patternErrors));
    expect(forwarder).toContainEqual(expect.stringContaining("- SEARCH_ENDPOINT is not set"));
    expect(forwarder).toContainEqual(expect.stringContaining('- AWS_REGION is "Frankfurt"'));
    const accessLogs = linesOf(() => parseAccessLogsEnvironment(WRONG, patternErrors));
    const firehose = linesOf(() => parseFirehoseTransformEnvironment(WRONG, patternErrors));
    for (const lines of [forwarder, accessLogs, firehose]) {
      const ofPatterns = lines.filter((line) =>
        line.endsWith("Allowed: a pattern of RE2, without lookahead and backreferences."),
      );
      for (const place of PLACES) expect(ofPatterns).toContainEqual(expect.stringContaining(`- ${place}: `));
    }
    expect(forwarder).toContainEqual(expect.stringContaining('- JOIN_LINES is "[": error parsing regexp'));
  });

  it("says nothing of patterns that RE2 takes, nor of variables that have mistakes of their own", () => {
    expect(patternErrors({})).toEqual([]);
    expect(
      patternErrors({ JOIN_LINES: "", RULES: [], EXTRACT_FIELDS: [{ name: "a", from: "b", pattern: "c" }] }),
    ).toEqual([]);
    const lines = linesOf(() => parseEnvironment({ ...WRONG, RULES: "[{}]" }, patternErrors));
    expect(lines).toContainEqual(expect.stringContaining("- RULES[0].action is missing"));
    expect(lines.join()).not.toContain("RULES[1]");
  });
});
