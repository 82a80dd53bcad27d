import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { linesOfFile } from "../../../local/log-events/file";
import { type TemporaryDirectory, temporaryDirectory } from "../../../local/processes/temporary-directory";

let directory: TemporaryDirectory;

beforeAll(async () => {
  directory = await temporaryDirectory();
});

afterAll(() => directory.remove());

async function read(content: string | Buffer, name = "access.log") {
  const path = join(directory.path, name);
  await writeFile(path, content);
  return linesOfFile(path, "foo", 42);
}

describe("linesOfFile", () => {
  it("reads lines that end in LF or CRLF, the last one with or without", async () => {
    const { lines, emptyLines } = await read("one\r\ntwo\nüç 🐈");
    expect(lines).toEqual(
      ["one", "two", "üç 🐈"].map((message) => ({ logGroup: "foo", logStream: "access.log", timestamp: 42, message })),
    );
    expect(emptyLines).toBe(0);
    expect((await read("one\n")).lines).toHaveLength(1);
  });

  it("leaves out empty lines, and counts them", async () => {
    const { lines, emptyLines } = await read("one\n\n\r\n two\n");
    expect(lines.map(({ message }) => message)).toEqual(["one", " two"]);
    expect(emptyLines).toBe(2);
  });

  it("names the log stream by the file, without what a log stream's name may not have", async () => {
    const { lines } = await read("one\n", "a:b*c.log");
    expect(lines[0]!.logStream).toBe("a_b_c.log");
  });

  it("refuses a file that is not there", async () => {
    const path = join(directory.path, "nowhere.log");
    await expect(linesOfFile(path, "foo", 0)).rejects.toThrow(`--file ${path} cannot be read: there is no such file`);
  });

  it("refuses a directory", async () => {
    await expect(linesOfFile(directory.path, "foo", 0)).rejects.toThrow("cannot be read: it is a directory");
  });

  it.each([
    ["", ""],
    ["only line ends", "\n\r\n\n"],
  ])("refuses an empty file: %s", async (_, content) => {
    await expect(read(content)).rejects.toThrow(/access\.log has no line with text$/);
  });

  it("refuses what is not UTF-8", async () => {
    await expect(read(Buffer.from([0x67, 0xfc, 0x0a]))).rejects.toThrow(/is not UTF-8 text/);
  });

  it("refuses a line that CloudWatch Logs would not take, and says which", async () => {
    const longest = "x".repeat(1_048_550);
    expect((await read(longest)).lines).toHaveLength(1);
    await expect(read(`ok\n${longest}x\n`)).rejects.toThrow(
      /line 2 has 1048551 bytes; CloudWatch Logs takes up to 1048550$/,
    );
  });
});
