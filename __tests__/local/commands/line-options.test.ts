import { addAccessLogOption, addLineOptions } from "../../../local/commands/line-options";
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

describe("addAccessLogOption", () => {
  it("takes several paths, and may be given several times", () => {
    const given = ["--access-logs", "a", "b", "--access-logs", "c"];
    expect(addAccessLogOption(new UsageCommand()).parse(given, { from: "user" }).opts()).toEqual({
      accessLogs: ["a", "b", "c"],
    });
  });

  it("reports a missing path as an error of the command line", () => {
    const command = addAccessLogOption(new UsageCommand());
    command.parse(["--access-logs"], { from: "user" });
    expect(command.opts()).toEqual({});
    expect(() => command.errors.throwIfAny()).toThrow("--access-logs has no value.");
  });
});
