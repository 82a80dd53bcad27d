import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, type Zippable, zipSync } from "fflate";
import { unpack } from "../../../local/lambda/unpack";
import { type TemporaryDirectory, temporaryDirectory } from "../../../tools/processes/temporary-directory";

let directory: TemporaryDirectory;
let parent: string;

beforeEach(async () => {
  directory = await temporaryDirectory();
  parent = join(directory.path, "deep", "parent");
});

afterEach(() => directory.remove());

const zipOf = (...paths: string[]): Uint8Array =>
  zipSync(Object.fromEntries(paths.map((path) => [path, strToU8(path)])) as Zippable);

/** Why it cannot be unpacked. */
const failure = (zip: Uint8Array): Promise<string> =>
  unpack(zip, parent).then(
    () => "unpacked",
    (error: Error) => error.message,
  );

describe("unpack", () => {
  it("unpacks files and folders", async () => {
    const { path } = await unpack(zipOf("lib/", "lib/index.js", "..a/b..js"), parent);
    expect(readdirSync(path).sort()).toEqual(["..a", "lib"]);
    expect(readFileSync(join(path, "..a", "b..js"), "utf8")).toBe("..a/b..js");
  });

  it.each([["../../X"], ["a/../../../X"], ["../X/"], [".."], ["/X"], ["..\\X"]])(
    "rejects the entry %s, and writes nothing",
    async (entry) => {
      expect(await failure(zipOf("index.js", entry))).toBe(
        `the function's package has the entry ${JSON.stringify(entry)}, which leads outside of it; only relative paths without .. are allowed`,
      );
      expect(readdirSync(directory.path)).toEqual([]);
    },
  );

  it.each([
    ["a file below a file", ["a", "a/b"], "a/b"],
    ["a file that is a folder", ["a/b", "a"], "a"],
    ["a name that is too long", ["x".repeat(300)], "x".repeat(300)],
    ["a name that no file can have", ["\u0000\u202e"], "\\u0000\\u202e"],
  ])("fails with the same message for %s each time, and leaves no file", async (_, paths, entry) => {
    const first = await failure(zipOf(...paths));
    expect(first).toMatch(/^the entry ".*" of the function's package cannot be unpacked \([A-Z_]+\)$/);
    expect(first).toContain(`"${entry}"`);
    expect(await failure(zipOf(...paths))).toBe(first);
    expect(readdirSync(parent)).toEqual([]);
  });
});
