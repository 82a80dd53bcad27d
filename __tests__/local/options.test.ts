import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { OptionsError, parseOptions } from "../../local/options";
import { endEverything } from "../../tools/processes/reaper";
import { type TemporaryDirectory, temporaryDirectory } from "../../tools/processes/temporary-directory";
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

const parse = (given: Parameters<typeof parseOptions>[0], stdin = "") =>
  parseOptions(given, LOG_GROUPS, NOW, { stdin: Readable.from(stdin === "" ? [] : [Buffer.from(stdin)]) });

async function linesOf({ lines }: Awaited<ReturnType<typeof parse>>) {
  const all = await collect(lines.read());
  expect(lines.count).toBe(all.length);
  return all.map(({ logGroup, message }) => [logGroup, message]);
}

describe("parseOptions", () => {
  it("generates lines for every log group when nothing is given", async () => {
    const { lines, ...others } = await parse({});
    const generated = await collect(lines.read());
    expect(generated).toHaveLength(3_003);
    expect(new Set(generated.map(({ logGroup }) => logGroup))).toEqual(new Set(LOG_GROUPS));
    expect(others).toEqual({ newLogGroups: [], exit: false });
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

  it("leaves out invalid lines when it is told to", async () => {
    const invalid = join(directory.path, "invalid.log");
    await writeFile(invalid, Buffer.from([0xfc, 0x0a, 0x6f, 0x6b]));
    await expect(parse({ file: [invalid] })).rejects.toThrow("1 line is not UTF-8 (line 1)");
    expect(await linesOf(await parse({ file: [invalid], skipInvalidLines: true }))).toEqual([["foo", "ok"]]);
  });

  it("refuses standard input without a line", async () => {
    await expect(parse({ file: ["-"] })).rejects.toThrow("--file - has no line with text");
  });

  it("does not read standard input in vain", async () => {
    const stdin = new Readable({ read: () => expect(true).toBe(false) });
    const mistakes = parseOptions({ file: ["-"], searchEndpoint: "ftp://x" }, LOG_GROUPS, NOW, { stdin });
    await expect(mistakes).rejects.toThrow(/^--search-endpoint/);
  });

  it.each(["https://search.example.com", "http://localhost:9200", "http://127.0.0.1:9200", "http://[::1]:9200"])(
    "takes the search endpoint %s",
    async (searchEndpoint) => {
      expect(await parse({ searchEndpoint })).toMatchObject({ searchEndpoint });
    },
  );

  it("takes a search endpoint in its normal form", async () => {
    const searchEndpoint = "https://Search.example.com:443/";
    expect(await parse({ searchEndpoint })).toMatchObject({ searchEndpoint: "https://search.example.com" });
  });

  it.each([
    "http://search.example.com",
    "https://user:secret@example.com",
    "https://example.com/path",
    "localhost:9200",
    "",
  ])("refuses the search endpoint %j", async (searchEndpoint) => {
    await expect(parse({ searchEndpoint })).rejects.toThrow(/^--search-endpoint .*is not an https:\/\/ origin/);
  });

  it("keeps passwords out of its errors", async () => {
    const searchEndpoint = "https://user:secret@example.com";
    await expect(parse({ searchEndpoint })).rejects.toThrow(/^--search-endpoint https:\/\/\*\*\*@example.com is not/);
  });

  it.each([
    ["--log-group", { logGroup: ["bar"] }],
    ["--skip-invalid-lines", { skipInvalidLines: true }],
    ["--time-field", { timeField: "time" }],
  ])("refuses %s without a file", async (option, given) => {
    await expect(parse(given)).rejects.toThrow(new RegExp(`^${option} .* of --file.*; give both$`));
  });

  it("reports all mistakes at once", async () => {
    const mistakes = parse({
      file: ["/nowhere.log", file, directory.path],
      logGroup: ["a b", "/aws/lambda/logging-pipeline_foo"],
      timeField: "",
      searchEndpoint: "ftp://x",
    });
    await expect(mistakes).rejects.toThrow(OptionsError);
    await expect(mistakes).rejects.toThrow(
      new RegExp(
        [
          '^--log-group "a b": allowed is 1 to 512 letters, digits and . - _ / # .CloudWatch Logs API Reference, CreateLogGroup.',
          '--log-group "/aws/lambda/logging-pipeline_foo": allowed is any log group but those of the forwarders .*',
          '--time-field "": allowed is a field\'s name .*',
          "--search-endpoint ftp://x is not .*",
          "--log-group is given 2 times and --file 3 times; .*",
          "--file /nowhere.log cannot be read: there is no such file",
          "--file .* cannot be read: it is a directory",
        ].join("\n"),
      ),
    );
  });
});
