import fc from "fast-check";
import { laneName } from "../../modules/logging-pipeline/lane-name";
import { type SynthesizedStack, synthesizedStack } from "../support/terraform";

jest.setTimeout(300_000);

let stack: SynthesizedStack;

beforeAll(async () => {
  stack = await synthesizedStack("logging-pipeline");
});

afterAll(() => stack?.remove());

/** The lanes as Terraform itself names them. */
async function laneNames(name: string, logGroups: readonly string[]): Promise<Map<string, string>> {
  const names = await stack.evaluate("{ for key, lane in local.lanes : key => lane.name }", {
    name,
    log_groups: Object.fromEntries(logGroups.map((key) => [key, {}])),
  });
  return new Map(Object.entries(names as Record<string, string>));
}

/** As CloudWatch Logs allows it (CloudWatch Logs API Reference, CreateLogGroup). */
const characters = [..."abcxyzABCXYZ0189.-_/#"];
const logGroupName = fc.oneof(
  fc.string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength: 512 }),
  // Those that differ only in characters that are cut off or replaced.
  fc.string({ unit: fc.constantFrom(".", "/", "_"), minLength: 1, maxLength: 6 }).map((text) => `a${text}b`),
  fc.string({ unit: fc.constantFrom("x", "y"), minLength: 1, maxLength: 8 }).map((text) => "a".repeat(28) + text),
);

/** Terraform takes a minute to validate 3,000 log groups, so that many are named by `npm run nightly`. */
const MANY = process.env.NIGHTLY ? 1_500 : 300;

describe("the name of a lane", () => {
  it("is legal for Kinesis and Lambda and different for every log group, with the longest name of a pipeline", async () => {
    const name = "a".repeat(24);
    const generated = fc.sample(logGroupName, MANY);
    const ownSlugs = [...(await laneNames(name, generated)).values()].map((lane) => lane.slice(name.length + 1));

    const names = await laneNames(name, [...new Set([...generated, ...ownSlugs])]);

    expect(names.size).toBeGreaterThan(MANY);
    expect(new Set(names.values()).size).toBe(names.size);
    for (const [key, lane] of names) {
      // As at synth, where the names of the pipeline's own functions are refused as log groups.
      expect(lane).toBe(laneName(name, key));
      expect(lane).toMatch(/^a{24}_[A-Za-z0-9-]{0,28}(_[0-9a-f]{10})?$/);
      expect(lane.length).toBeLessThanOrEqual(64);
    }
  });

  it("shows the log group where it can", async () => {
    expect(await laneNames("logs", ["foo", "a-b", "/aws/lambda/thumbnails", "x".repeat(28), "x".repeat(29)])).toEqual(
      new Map([
        ["foo", "logs_foo"],
        ["a-b", "logs_a-b"],
        ["/aws/lambda/thumbnails", expect.stringMatching(/^logs_-aws-lambda-thumbnails_[0-9a-f]{10}$/)],
        ["x".repeat(28), `logs_${"x".repeat(28)}`],
        ["x".repeat(29), expect.stringMatching(/^logs_x{28}_[0-9a-f]{10}$/)],
      ]),
    );
  });

  it("rejects two log groups whose lanes would have the same name", async () => {
    // Found by search: the first ten digits of their SHA-256 are equal.
    const names = ["7hod", "hjd4"].map((end) => `/${"a".repeat(28)}/${end}`);

    expect(await stack.rejections({ log_groups: Object.fromEntries(names.map((each) => [each, {}])) })).toEqual([
      `log_groups = ${names.map((each) => JSON.stringify(each)).join(", ")}: allowed is log groups whose names do not collide when shortened; rename one.`,
    ]);
  });
});
