import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseSetupArguments } from "../../../search/arguments/setup-arguments";
import type { SetupOptions } from "../../../search/arguments/setup-options";
import { ValidationErrors } from "../../../tools/usage/validation-errors";

const SETTINGS = {
  ...{ name: "logs", prefix: "cwl-", period: "day", indices: {}, retention_days: 0, shards: 1 },
  ...{ refresh_interval_seconds: 1, sort: "none", template: "managed" },
  history: [{ until: "2026-11-01T00:00:00Z", prefix: "old-", period: "day", indices: {} }],
};

let directory: string;
let indexSettings: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "setup-arguments-"));
  indexSettings = join(directory, "index-settings.json");
  writeFileSync(indexSettings, JSON.stringify(SETTINGS));
});

afterAll(() => rmSync(directory, { recursive: true }));

const parse = (options: SetupOptions) =>
  parseSetupArguments(
    { searchEndpoint: "https://search.example", login: "none", ...options },
    {},
    new ValidationErrors(),
  );

function errorsOf(options: SetupOptions): readonly string[] {
  try {
    parse(options);
    return [];
  } catch (error) {
    return (error as { errors: readonly string[] }).errors;
  }
}

describe("the arguments of setup", () => {
  it("are a pipeline's settings, indices of Firehose, or both", () => {
    const firehoseIndices = ["shop-*", "a"];
    const parsed = [
      { name: "shop", pattern: "shop-*" },
      { name: "a", pattern: "a" },
    ];
    expect(parse({ firehoseIndices })).toMatchObject({ settings: undefined, firehoseIndices: parsed });
    expect(parse({ indexSettings, firehoseIndices })).toMatchObject({
      settings: { name: "logs" },
      firehoseIndices: parsed,
    });
    expect(parse({ indexSettings })).toMatchObject({ settings: { name: "logs" }, firehoseIndices: [] });
  });

  it("have one of the two at least", () => {
    expect(errorsOf({})).toEqual([
      "--index-settings is missing; give it, or --firehose-indices alone for what Firehose delivers.",
    ]);
  });

  it("name no role without the pipeline that has it", () => {
    expect(errorsOf({ firehoseIndices: ["shop-*"], reader: ["arn:aws:iam::123456789012:role/on-call"] })).toEqual([
      "--reader maps a role of a pipeline, and needs --index-settings.",
    ]);
  });

  it.each(["Shop-*", "*", "shop*", "shop-*-*", "", "-shop", "x".repeat(81)])("take no pattern %j", (pattern) => {
    expect(errorsOf({ firehoseIndices: [pattern] })).toEqual([
      `--firehose-indices is ${JSON.stringify(pattern)}. Allowed: what the output index_pattern of firehose-search says, such as shop-*.`,
    ]);
  });

  it.each(["cwl-*", "cwl-shop-*", "cwl", "c", "old-*"])(
    "refuse indices of Firehose that the pipeline's template is for, too: %s",
    (pattern) => {
      expect(errorsOf({ indexSettings, firehoseIndices: [pattern] })).toEqual(
        pattern === "cwl" || pattern === "c"
          ? []
          : [
              expect.stringMatching(
                /^--firehose-indices is .*, and the pipeline's own indices begin with (cwl|old)-: /,
              ),
            ],
      );
    },
  );
});
