import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { PARSERS } from "../../../core/parsers/parsers";
import { ENVIRONMENT } from "../../../core/settings/environment";
import { validationErrors } from "../../../modules/inputs/validation-errors";
import { pipelineInputs } from "../../../modules/logging-pipeline/inputs";

const errorsOf = (group: object) => validationErrors(pipelineInputs, { logGroups: { foo: group } });

describe("settings that would have no effect are refused at synth", () => {
  it("names of fields for a parser that takes none", () => {
    // Those whose parser is another one with other names.
    const takesNames = (name: keyof typeof PARSERS) => PARSERS[name].toString().includes("fields");
    for (const parser of ENVIRONMENT.PARSER.values) {
      const isRead = parser === "auto" || (parser !== "none" && takesNames(parser));
      expect([parser, errorsOf({ parser, parserFields: "a b" }).length]).toEqual([parser, isRead ? 0 : 1]);
    }
    expect(errorsOf({ parserFields: "a b" })).toEqual([]);
    expect(errorsOf({ parser: "waf", parserFields: "" })).toEqual([]);
  });

  it("what a parser's documents have, without a parser", () => {
    const [error, ...others] = errorsOf({ parser: "none", keepMessage: false });
    expect(others).toEqual([]);
    expect(error).toBe(
      'logGroups["foo"] = {"eventOriginal":null,"keepMessage":false,"parser":"none"}: allowed is keepMessage true and ' +
        "eventOriginal false where parser is none: both are about documents that a parser writes",
    );
    expect(errorsOf({ parser: "none", eventOriginal: true })).toHaveLength(1);
    expect(errorsOf({ parser: "waf", eventOriginal: true, keepMessage: false })).toEqual([]);
  });

  it.each(["^", ".*", ".", "a*", "\\S|\\s", "(?s)."])("a pattern of first lines that takes all: %j", (joinLines) => {
    expect(errorsOf({ joinLines })).toEqual([expect.stringContaining("nothing is joined")]);
  });

  it.each(["", "^\\S", "^[0-9]{4}-", "^[A-Z]", "^[^ \\t]", "^\\[", "^.{30}"])("but not %j", (joinLines) => {
    expect(errorsOf({ joinLines })).toEqual([]);
  });

  it("a rule that no event comes to", () => {
    const drop = { action: "drop", pattern: "a" };
    const redact = { action: "redact", pattern: "a" };
    const keep = { action: "keep" };
    const sample = { action: "sample", rate: 0.1 };
    for (const rules of [
      [keep, drop],
      [sample, keep],
      [drop, sample, redact, drop],
    ])
      expect(errorsOf({ rules })).toEqual([expect.stringContaining("decides about every event")]);
    for (const rules of [[keep], [drop, keep, redact], [{ ...sample, pattern: "b" }, drop], [redact, redact, sample]])
      expect(errorsOf({ rules })).toEqual([]);
  });

  it("the redaction of what never is", () => {
    expect(errorsOf({ rules: [{ action: "redact", field: "cloud.account.id" }] })).toHaveLength(1);
    expect(errorsOf({ rules: [{ action: "redact", field: "aws.cloudwatch.extracted_fields" }] })).toEqual([]);
    expect(errorsOf({ rules: [{ action: "drop", field: "cloud.account.id", values: ["1"] }] })).toEqual([]);
  });

  it("unless Terraform has to decide", () => {
    const { value } = new TerraformVariable(new TerraformStack(Testing.app(), "stack"), "given", { type: "string" });
    expect(errorsOf({ parser: value, parserFields: "a" })).toEqual([]);
    expect(errorsOf({ parser: "none", keepMessage: value, joinLines: value, rules: [value] })).toEqual([]);
  });
});
