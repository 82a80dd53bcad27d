import { indexBodies } from "../../../benchmarks/subjects/index-bodies";
import { CHOICES, CONTENT } from "../../../benchmarks/suites/index-variants";

const messages = ["a line", '{"level":"info"}', '{"message":"placed"}'];
const bodies = indexBodies({ name: "lines", messages }, { events: 50 });

const documents = (some: readonly Buffer[]): unknown[] =>
  some
    .flatMap((body) => body.toString().trimEnd().split("\n"))
    .filter((_line, n) => n % 2 === 1)
    .map((line) => JSON.parse(line));

describe("what is measured beside the template", () => {
  it("lacks the member that it is named after, in each document, and no other", () => {
    const [withoutPath, withoutEmpty] = CHOICES.flatMap(({ bodies: change }) => (change ? [change(bodies)] : []));

    const log = { file: { path: expect.any(String) } };
    const rejection = "";
    expect(documents(bodies)).toEqual(documents(withoutPath!).map((document) => ({ ...(document as object), log })));
    expect(documents(bodies)).toEqual(
      documents(withoutEmpty!).map((document) => {
        const { aws, ...members } = document as { aws: { cloudwatch: object } };
        expect(aws.cloudwatch).not.toHaveProperty("rejection");
        return { message: "", ...members, aws: { cloudwatch: { ...aws.cloudwatch, rejection } } };
      }),
    );
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
