import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { startOptions } from "../../local/options";
import { endEverything } from "../../tools/processes/reaper";
import { type TemporaryDirectory, temporaryDirectory } from "../../tools/processes/temporary-directory";
import { UsageError } from "../../tools/usage/usage-error";
import { ValidationErrors } from "../../tools/usage/validation-errors";
import { collect } from "../support/log-events";

const NOW = 1_795_230_000_000;
const LOG_GROUPS = ["foo", "bar"];

let directory: TemporaryDirectory;
let file: string;

beforeAll(async () => {
  directory = await temporaryDirectory();
  file = join(directory.path, "app.log");
  await writeFile(file, "one\n\ntwo\n");
});

afterAll(async () => {
  await directory.remove();
  await endEverything();
});

const parse = (given: Parameters<typeof startOptions>[0], stdin = "") =>
  startOptions(given, LOG_GROUPS, NOW, { stdin: Readable.from(stdin === "" ? [] : [Buffer.from(stdin)]) });

async function linesOf({ lines }: Awaited<ReturnType<typeof parse>>) {
  const all = await collect(lines.read());
  expect(lines.count).toBe(all.length);
  return all.map(({ logGroup, message }) => [logGroup, message]);
}

describe("startOptions", () => {
  it("generates lines for every log group when nothing is given", async () => {
    const { lines, ...others } = await parse({});
    const generated = await collect(lines.read());
    expect(generated).toHaveLength(3_003);
    expect(new Set(generated.map(({ logGroup }) => logGroup))).toEqual(new Set(LOG_GROUPS));
    expect(others).toEqual({ accessLogs: [], withFirehose: false, newLogGroups: [], exit: false });
  });

  it("puts a file's lines into the first log group, or into the one that is given", async () => {
    const first = await parse({ file: [file] });
    expect(await linesOf(first)).toEqual([
      ["foo", "one"],
      ["foo", "two"],
    ]);
    expect(first.note).toBe(
      "Skipping empty lines, which CloudWatch Logs does not accept: 1.\nAll lines get the time of the put: none begins with a recognized time.",
    );
    expect((await linesOf(await parse({ file: [file], logGroup: ["bar"] })))[0]).toEqual(["bar", "one"]);
  });

  it("puts several files into as many log groups, new ones too, and standard input", async () => {
    const options = await parse({ file: [file, "-", file], logGroup: ["bar", "/new", "/new"] }, "three\n");
    expect(await linesOf(options)).toEqual([
      ["bar", "one"],
      ["bar", "two"],
      ["/new", "three"],
      ["/new", "one"],
      ["/new", "two"],
    ]);
    expect(options.newLogGroups).toEqual(["/new"]);
  });

  it("reads the time in a field", async () => {
    const time = Date.now() - 5_000;
    const { lines } = await parse({ file: ["-"], timeField: "meta.at" }, JSON.stringify({ meta: { at: time } }));
    expect(await collect(lines.read())).toMatchObject([{ timestamp: time }]);
  });

  it("skips invalid lines on request", async () => {
    const invalid = join(directory.path, "invalid.log");
    await writeFile(invalid, Buffer.from([0xfc, 0x0a, 0x6f, 0x6b]));
    await expect(parse({ file: [invalid] })).rejects.toThrow("1 line is not UTF-8 (line 1)");
    expect(await linesOf(await parse({ file: [invalid], skipInvalidLines: true }))).toEqual([["foo", "ok"]]);
  });

  it("rejects standard input without a line", async () => {
    await expect(parse({ file: ["-"] })).rejects.toThrow("- --file - has no line with text");
  });

  it("does not read standard input after an error", async () => {
    const stdin = new Readable({ read: () => expect(true).toBe(false) });
    const given = { file: ["-"], emulatorPort: 9200, searchPort: 9200 };
    const errors = startOptions(given, LOG_GROUPS, NOW, { stdin });
    await expect(errors).rejects.toThrow(/^Nothing was done:\n- --emulator-port and --search-port are both 9200/);
  });

  it.each([
    ["--log-group", { logGroup: ["bar"] }],
    ["--skip-invalid-lines", { skipInvalidLines: true }],
    ["--time-field", { timeField: "time" }],
  ])("rejects %s without a file", async (option, given) => {
    await expect(parse(given)).rejects.toThrow(new UsageError([`${option} applies only to --file.`]));
  });

  it("reports all errors together, after those of the command line", async () => {
    const errors = new ValidationErrors();
    errors.add("Unknown option '--quiet'.");
    const given = {
      file: ["/nowhere.log", file, directory.path],
      logGroup: ["a b", "/aws/lambda/logging-pipeline_foo"],
      emulatorPort: 9200,
      searchPort: 9200,
    };
    const parsed = startOptions(given, LOG_GROUPS, NOW, { errors });
    await expect(parsed).rejects.toThrow(UsageError);
    await expect(parsed).rejects.toThrow(
      new RegExp(
        [
          "^Nothing was done:\n- Unknown option '--quiet'.",
          '- --log-group is "a b". Allowed: 1 to 512 letters, digits and . - _ / # .CloudWatch Logs API Reference, CreateLogGroup..',
          '- --log-group is "/aws/lambda/logging-pipeline_foo". Allowed: any log group but those of the forwarders .*',
          "- --emulator-port and --search-port are both 9200. Allowed: two different ports.",
          "- --log-group is given 2 times and --file 3 times; .*",
          "- --file /nowhere.log cannot be read: there is no such file\\.",
          "- --file .* cannot be read: it is a directory",
        ].join("\n"),
      ),
    );
  });
});
