import { MAX_RULE_TEXT, MAX_RULE_VALUES } from "../../../core/settings/field-condition";
import { MAX_RULES, MAX_RULES_LENGTH, parseRules } from "../../../core/settings/rules";

const errorsOf = (...rules: unknown[]) => parseRules(JSON.stringify(rules)).errors;

describe("parseRules", () => {
  it("reads a rule of each action", () => {
    const rules = [
      { action: "drop", field: "log.level", values: ["debug", "trace"] },
      { action: "keep", field: "url.path", pattern: "^/pay" },
      { action: "sample", pattern: "GET /health", rate: 0.01 },
      { action: "drop" },
      { action: "redact", what: ["email", "card_number"] },
      { action: "redact", field: "user.ssn" },
      { action: "redact", pattern: "AKIA[A-Z]+" },
    ];
    expect(parseRules(JSON.stringify(rules))).toEqual({
      errors: [],
      rules: [
        { action: "drop", condition: { field: "log.level", values: ["debug", "trace"] }, rate: 0 },
        { action: "keep", condition: { field: "url.path", pattern: "^/pay" }, rate: 1 },
        { action: "sample", condition: { field: "message", pattern: "GET /health" }, rate: 0.01 },
        { action: "drop", rate: 0 },
        ...rules.slice(4),
      ],
    });
  });

  it("reads members that Terraform has set to null as missing ones", () => {
    const rule = { action: "redact", field: null, pattern: null, values: null, rate: null, what: ["ipv4"] };
    expect(parseRules(JSON.stringify([rule])).rules).toEqual([{ action: "redact", what: ["ipv4"] }]);
  });

  it("reports all mistakes together, each with its place, what was given and what is allowed", () => {
    const errors = errorsOf(
      "drop",
      { action: "mask" },
      { action: "drop", rate: 0.5 },
      { action: "sample", field: "level" },
      { action: "sample", rate: 1.1 },
      { action: "keep", values: ["a"], pattern: "b" },
      { action: "redact", what: ["email", "phone"] },
      { action: "redact", what: ["ipv4"], field: "ip" },
      { action: "redact" },
      { action: "drop", field: "a b", values: [] },
    );
    expect(errors.map((error) => error.split(" Allowed: ")[0])).toEqual([
      'RULES[0] is "drop", no JSON object.',
      'RULES[1].action is "mask".',
      'RULES[2] has "rate".',
      "RULES[3].rate is missing.",
      "RULES[3] has field.",
      "RULES[4].rate is 1.1.",
      "RULES[5] has values and pattern.",
      'RULES[6].what is ["email","phone"].',
      "RULES[7] has what and field.",
      "RULES[8] has nothing to redact.",
      'RULES[9].field is "a b".',
      "RULES[9].values is [].",
    ]);
    for (const error of errors) expect(error).toMatch(/ Allowed: .+\.$/);
  });

  it.each(["{}", "null", "[", "", '"[]"'])("rejects %j, which is no list", (json) => {
    expect(parseRules(json).errors).toEqual([expect.stringContaining("no JSON list. Allowed: a JSON list of up to")]);
  });

  it("reports mistakes in rules beside their number, and repeats the beginning of a long value", () => {
    const long = { action: "drop", pattern: "x".repeat(2_100) };
    expect(errorsOf(long, { action: "keep", pattern: 5 })).toEqual([
      expect.stringContaining("bytes, and this number of rules: 2. Allowed: "),
      `RULES[0].pattern is "${"x".repeat(100)}"… (2100 characters). Allowed: a pattern of RE2 of 1 to 500 characters.`,
      "RULES[1].pattern is 5, no text. Allowed: a pattern of RE2 of 1 to 500 characters.",
    ]);
  });

  it("accepts rules at the limits of number and size, and none beyond", () => {
    const rules = (count: number) => Array.from({ length: count }, () => ({ action: "drop" }));
    expect(errorsOf(...rules(MAX_RULES))).toEqual([]);
    expect(errorsOf(...rules(MAX_RULES + 1))).toEqual([
      expect.stringContaining(`bytes, and this number of rules: ${MAX_RULES + 1}. Allowed: `),
    ]);
    const pattern = (length: number) => ({ action: "redact", pattern: "a".repeat(length) });
    expect(errorsOf(pattern(MAX_RULE_TEXT))).toEqual([]);
    expect(errorsOf(pattern(MAX_RULE_TEXT + 1))).toHaveLength(1);
    const values = (count: number) => ({ action: "drop", values: Array.from({ length: count }, () => "a") });
    expect(errorsOf(values(MAX_RULE_VALUES))).toEqual([]);
    expect(errorsOf(values(MAX_RULE_VALUES + 1))).toHaveLength(1);
    const json = JSON.stringify(rules(2));
    expect(parseRules(json.padEnd(MAX_RULES_LENGTH)).errors).toEqual([]);
    expect(parseRules(json.padEnd(MAX_RULES_LENGTH + 1)).errors).toHaveLength(1);
  });

  it("reads no member that an object inherits", () => {
    expect(parseRules('[{"__proto__":{"action":"drop"}}]').errors).toEqual([
      expect.stringContaining("RULES[0].action is missing."),
    ]);
  });
});
