import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { OptionsError, parseOptions } from "../../local/options";
import { type TemporaryDirectory, temporaryDirectory } from "../../local/processes/temporary-directory";

const NOW = 1_795_230_000_000;
const LOG_GROUPS = ["foo", "bar"];

let directory: TemporaryDirectory;
let file: string;

beforeAll(async () => {
  directory = await temporaryDirectory();
  file = join(directory.path, "app.log");
  await writeFile(file, "one\n\ntwo\n");
});

afterAll(() => directory.remove());

const parse = (given: Parameters<typeof parseOptions>[0]) => parseOptions(given, LOG_GROUPS, NOW);

describe("parseOptions", () => {
  it("generates lines for every log group when nothing is given", async () => {
    const { lines, ...others } = await parse({});
    expect(lines).toHaveLength(3_003);
    expect(new Set(lines.map(({ logGroup }) => logGroup))).toEqual(new Set(LOG_GROUPS));
    expect(others).toEqual({ searchEndpoint: undefined, note: undefined, exit: false });
  });

  it("puts a file's lines into the first log group, or into the one that is given", async () => {
    const first = await parse({ file });
    expect(first.lines.map(({ logGroup, message }) => [logGroup, message])).toEqual([
      ["foo", "one"],
      ["foo", "two"],
    ]);
    expect(first.note).toBe("Empty lines, which CloudWatch Logs does not take, are left out: 1.");
    expect((await parse({ file, logGroup: "bar" })).lines[0]).toMatchObject({ logGroup: "bar", timestamp: NOW });
  });

  it.each(["https://search.example.com", "http://localhost:9200", "http://127.0.0.1:9200", "http://[::1]:9200"])(
    "takes the search endpoint %s",
    async (searchEndpoint) => {
      expect(await parse({ searchEndpoint })).toMatchObject({ searchEndpoint });
    },
  );

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

  it("refuses a log group without a file", async () => {
    await expect(parse({ logGroup: "bar" })).rejects.toThrow(
      "--log-group says where the lines of --file go; give both",
    );
  });

  it("reports all mistakes at once", async () => {
    const mistakes = parse({ file: "/nowhere.log", logGroup: "qux", searchEndpoint: "ftp://x" });
    await expect(mistakes).rejects.toThrow(OptionsError);
    await expect(mistakes).rejects.toThrow(
      new RegExp(
        [
          "^--log-group qux is not one of the pipeline's log groups: foo, bar",
          "--search-endpoint ftp://x is not .*",
          "--file /nowhere.log cannot be read: there is no such file$",
        ].join("\n"),
      ),
    );
  });
});
