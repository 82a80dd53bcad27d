import { execFileSync, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pairInputs, readableInput } from "../../../local/log-events/inputs";
import { type TemporaryDirectory, temporaryDirectory } from "../../../tools/processes/temporary-directory";
import { UsageError } from "../../../tools/usage/usage-error";

let directory: TemporaryDirectory;

beforeAll(async () => {
  directory = await temporaryDirectory();
});

afterAll(() => directory.remove());

const input = (file: string) => readableInput({ file, logGroup: "foo" });

describe("pairInputs", () => {
  it.each([
    ["no log group", [], ["foo", "foo"]],
    ["one log group for all", ["bar"], ["bar", "bar"]],
    ["one for each", ["bar", "baz"], ["bar", "baz"]],
  ])("pairs files with %s", (_, logGroups, expected) => {
    const { inputs, errors } = pairInputs(["a.log", "a.log"], logGroups, "foo");
    expect(inputs).toEqual(expected.map((logGroup) => ({ file: "a.log", logGroup })));
    expect(errors).toEqual([]);
  });

  it("rejects any other number of log groups", () => {
    expect(pairInputs(["a.log", "b.log", "c.log"], ["bar", "baz"], "foo").errors).toEqual([
      "--log-group is given 2 times and --file 3 times; give --log-group once for all files, or once for each, in the same order.",
    ]);
    expect(pairInputs(["a.log"], ["bar", "baz"], "foo").errors).toHaveLength(1);
  });

  it("rejects standard input given more than once", () => {
    expect(pairInputs(["-", "a.log", "-"], [], "foo").errors).toEqual([
      expect.stringMatching(/^--file - is given more/),
    ]);
  });
});

describe("readableInput", () => {
  it("names the log stream after the file, without characters that a log stream's name may not have", async () => {
    const file = join(directory.path, "a:b*c.log");
    await writeFile(file, "one\n");
    expect(await input(file)).toMatchObject({ name: file, logStream: "a_b_c.log", isStream: false });
    expect(await input("-")).toMatchObject({ name: "standard input", logStream: "stdin", isStream: true });
  });

  it("treats a named pipe as a stream that can be read only once", async () => {
    const file = join(directory.path, "pipe");
    execFileSync("mkfifo", [file]);
    expect(await input(file)).toMatchObject({ logStream: "pipe", isStream: true });
  });

  it.each([
    ["a file that is not there", "nowhere.log", "there is no such file"],
    ["a directory", ".", "it is a directory"],
    ["a path through a file", "a.log/b.log", "a part of its path is not a directory"],
  ])("rejects %s", async (_, name, reason) => {
    await writeFile(join(directory.path, "a.log"), "one\n");
    const file = join(directory.path, name);
    await expect(input(file)).rejects.toThrow(new UsageError([`--file ${file} cannot be read: ${reason}.`]));
  });

  it("accepts the file that a shell opens for <(…)", async () => {
    const { stdin } = spawn("cat", { stdio: ["pipe", "ignore", "inherit"] });
    const { fd } = (stdin as unknown as { _handle: { fd: number } })._handle;
    expect(await input(`/dev/fd/${fd}`)).toMatchObject({ logStream: "pipe", isStream: true });
    stdin!.end();
  });

  it("names an input on one line that is harmless to a terminal", async () => {
    const file = join(directory.path, "a\u001b[2J\u202e\nb.log");
    const shown = `"${directory.path}/a\\u001b[2J\\u202e\\nb.log"`;
    await expect(input(file)).rejects.toThrow(
      new UsageError([`--file ${shown} cannot be read: there is no such file.`]),
    );
    await writeFile(file, "one\n");
    expect(await input(file)).toMatchObject({ file, name: shown });
  });
});
