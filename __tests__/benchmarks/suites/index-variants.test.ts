import { indexBodies } from "../../../benchmarks/subjects/index-bodies";
import { CONTENT } from "../../../benchmarks/suites/index-variants";

const messages = ["a line", '{"level":"info"}', '{"message":"placed"}'];
const bodies = indexBodies({ name: "lines", messages }, { events: 50 });

const documents = (some: readonly Buffer[]): unknown[] =>
  some
    .flatMap((body) => body.toString().trimEnd().split("\n"))
    .filter((_line, n) => n % 2 === 1)
    .map((line) => JSON.parse(line));

describe("what is measured beside the template", () => {
  it("has, where the mapping is the engine's, the documents of before the template, and nowhere else", () => {
    const [dynamic, ...others] = CONTENT;
    expect(others.map(({ bodies: change }) => change)).toEqual([undefined, undefined]);

    const earlier = (document: unknown) => {
      const { aws, ...members } = document as { aws: { cloudwatch: { log_group: string; log_stream: string } } };
      const { log_group, log_stream } = aws.cloudwatch;
      const log = { file: { path: `${log_group}/${log_stream}` } };
      return { message: "", ...members, log, aws: { cloudwatch: { ...aws.cloudwatch, rejection: "" } } };
    };
    expect(documents(bodies)[1]).not.toHaveProperty("message");
    expect(documents(dynamic!.bodies!(bodies))).toEqual(documents(bodies).map(earlier));
  });

  it("keeps the members of the earlier documents letter for letter", () => {
    const [big] = indexBodies({ name: "big", messages: ['{"id":12345678901234567890.10}'] }, { events: 50 });
    expect(`${CONTENT[0]!.bodies!([big!])[0]}`).toContain(',"id":12345678901234567890.10,"message":""}\n{');
  });

  it("has no field for exact numbers where its price is measured", () => {
    const counts = CONTENT.map(({ templates = [] }) => JSON.stringify(templates).split('"exact"').length - 1);
    expect(counts).toEqual([0, 0, counts[2]]);
    expect(counts[2]).toBeGreaterThan(0);
  });

  it("spreads events over as many log groups and indices as it says", () => {
    const indices = (options: object) => {
      const some = indexBodies({ name: "lines", messages }, { events: 200, logGroups: 4, ...options });
      return new Set(some.flatMap((body) => body.toString().match(/"_index":"[^"]+"/g)!)).size;
    };
    expect([indices({}), indices({ shared: "all" })]).toEqual([4, 1]);
  });
});
