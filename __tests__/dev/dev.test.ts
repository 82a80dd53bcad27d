import { resultText } from "../../dev/dev";

const done = "deployed to 2 functions, 8 events put into foo";
const invocation = { text: '{"Records":1}', details: ["printed", "    at a.ts:1"], isRetried: false };

describe("the result of a build", () => {
  it("has the invocation's report, output and stack below the line of the build", () => {
    expect(resultText({ done, invocation }, false).split("\n")).toEqual([
      done,
      '  first invocation: {"Records":1}',
      "  printed",
      "      at a.ts:1",
    ]);
  });

  it("says, after a failed invocation, that this one may be of its events", () => {
    expect(resultText({ done, invocation }, true)).toContain(
      '\n  first invocation, which may be of the earlier events that are retried: {"Records":1}\n',
    );
  });
});
