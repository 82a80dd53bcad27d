import { Option } from "commander";
import { decimalNumber, ValueOption, wholeNumber } from "../../../tools/usage/option-value";
import { UsageCommand } from "../../../tools/usage/usage-command";
import type { UsageError } from "../../../tools/usage/usage-error";

function declare(): UsageCommand {
  const collect = (value: string, values: string[] = []) => [...values, value];
  return new UsageCommand("npm test --")
    .argument("<version>")
    .addOption(new ValueOption("--port <port>", "", wholeNumber(1, 65_535)))
    .addOption(new ValueOption("--minutes <number>", "", decimalNumber(0.5, 10)).default(3))
    .addOption(new Option("--kind <kind>", "").choices(["archive", "rejected"]).makeOptionMandatory())
    .addOption(new Option("--dry-run", "").conflicts("push"))
    .option("--push", "")
    .option("--file <file>", "", collect);
}

const parsed = (...args: string[]) => declare().parse(args, { from: "user" });

function errorsOf(command: UsageCommand): readonly string[] {
  try {
    command.errors.throwIfAny();
  } catch (error) {
    return (error as UsageError).errors;
  }
  return [];
}

describe("UsageCommand", () => {
  it("parses the values of options, and leaves defaults", () => {
    const command = parsed("1.0.0", "--kind", "rejected", "--port", "80", "--file", "a", "--file", "b");
    expect(errorsOf(command)).toEqual([]);
    expect(command.opts()).toEqual({ kind: "rejected", port: 80, minutes: 3, file: ["a", "b"] });
    expect(command.args).toEqual(["1.0.0"]);
  });

  it("says in its help which options are required", () => {
    const lines = declare().helpInformation().split("\n");
    expect(lines.filter((line) => line.includes("(required)"))).toEqual([expect.stringMatching(/^ {2}--kind <kind>/)]);
  });

  it.each([
    ["--port", "1", "2"],
    ["--kind", "archive", "rejected"],
  ])("rejects %s given twice, because either value may be meant", (option, one, other) => {
    const command = parsed("1.0.0", "--kind", "archive", ...(option === "--kind" ? [] : [option, one]), option, other);
    expect(errorsOf(command)).toEqual([`${option} is given more than once. Allowed: once.`]);
  });

  it("collects the values of an option with choices, and rejects each other one", () => {
    const tables = (...args: string[]) =>
      new UsageCommand("npm test --")
        .addOption(new Option("--tables <names...>").choices(["one", "two"]).default(["one"]))
        .parse(args, { from: "user" }) as UsageCommand;
    expect(tables().opts()).toEqual({ tables: ["one"] });
    expect(tables("--tables", "two", "one").opts()).toEqual({ tables: ["two", "one"] });
    expect(errorsOf(tables("--tables", "three", "two", "four"))).toEqual([
      '--tables is "three". Allowed: one, two.',
      '--tables is "four". Allowed: one, two.',
    ]);
  });

  it("reports a missing subcommand, in place of the help", () => {
    const command = new UsageCommand("npm test --");
    command.command("core");
    command.command("memory");
    expect(errorsOf(command.parse([], { from: "user" }))).toEqual([
      "No command is given. Allowed: core, memory. See --help.",
    ]);
  });

  it("reports all errors of a command line together, each once", () => {
    const command = parsed(
      "--port",
      "x",
      "--prot",
      "80",
      "--minutes",
      "99",
      "--dry-run",
      "--push",
      "--quiet",
      "--file",
    );
    expect(errorsOf(command)).toEqual([
      '--port is "x". Allowed: a whole number from 1 to 65535.',
      '--minutes is "99". Allowed: a number from 0.5 to 10.',
      "--file has no value.",
      "Unknown option '--prot'. (Did you mean --port?)",
      "Unknown option '--quiet'.",
      "--kind is missing. Allowed: archive, rejected.",
      "Option '--dry-run' cannot be used with option '--push'.",
    ]);
  });

  it("names a missing argument, and each excess argument", () => {
    expect(errorsOf(parsed("--kind", "archive"))).toEqual(["Missing required argument 'version'."]);
    expect(errorsOf(parsed("1.0.0", "a b", "c", "--kind", "archive"))).toEqual([
      'Unexpected argument: "a b", "c". See --help.',
    ]);
  });

  it("does not report the value of an unknown option as an excess argument", () => {
    expect(errorsOf(parsed("1.0.0", "--kidn", "archive", "--kind", "archive"))).toEqual([
      "Unknown option '--kidn'. (Did you mean --kind?)",
    ]);
    expect(errorsOf(parsed("--force", "1.0.0", "--kind", "archive"))).toEqual(["Unknown option '--force'."]);
  });

  it("leaves out options whose value is rejected", () => {
    expect(parsed("--minutes", "99", "--kind", "all").opts()).toEqual({});
  });

  it("shares its errors with its subcommands, and lists these for an unknown one", () => {
    const run: string[] = [];
    const program = () => {
      const root = new UsageCommand("npm start --").enablePositionalOptions().action(() => {});
      root
        .command("put")
        .option("--pid <number>", "")
        .action(() => void run.push("put"));
      root.command("stop").action(() => {});
      return root;
    };
    expect(errorsOf(program().parse(["put", "--pdi", "7"], { from: "user" }))).toEqual([
      "Unknown option '--pdi'. (Did you mean --pid?)",
    ]);
    expect(errorsOf(program().parse(["app.log"], { from: "user" }))).toEqual([
      'Unexpected argument: "app.log". Allowed: put, stop. See --help.',
    ]);
    expect(run).toEqual(["put"]);
  });
});
