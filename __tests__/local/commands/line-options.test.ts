import { addLineOptions } from "../../../local/commands/line-options";
import { UsageCommand } from "../../../tools/usage/usage-command";

describe("addLineOptions", () => {
  it("keeps files and log groups in their order, however often they are given", () => {
    const given = ["--file", "a", "--log-group", "foo", "--file", "-", "--log-group", "bar", "--skip-invalid-lines"];
    const options = addLineOptions(new UsageCommand(), "any").parse(given, { from: "user" }).opts();
    expect(options).toEqual({ file: ["a", "-"], logGroup: ["foo", "bar"], skipInvalidLines: true });
  });

  it("has none by default", () => {
    expect(addLineOptions(new UsageCommand(), "any").parse([], { from: "user" }).opts()).toEqual({});
  });
});
