import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type FileOptions, inspectFiles } from "../../../local/log-events/files";
import { readableInput } from "../../../local/log-events/inputs";
import type { InputWords } from "../../../local/log-events/words";
import { type TemporaryDirectory, temporaryDirectory } from "../../../tools/processes/temporary-directory";
import { collect } from "../../support/log-events";

const NOW = Date.now();

let directory: TemporaryDirectory;

beforeAll(async () => {
  directory = await temporaryDirectory();
});

afterAll(() => directory.remove());

async function look(contents: readonly (string | Buffer)[], options: Partial<FileOptions> = {}) {
  const inputs = contents.map(async (content, n) => {
    const file = join(directory.path, `${n}.log`);
    await writeFile(file, content);
    return readableInput({ file, logGroup: `group-${n}` });
  });
  const all = await Promise.all(inputs);
  const files = await inspectFiles(all, { skipInvalidLines: false, timeField: undefined, ...options }, NOW);
  return { ...files, paths: all.map(({ file }) => file) };
}

const invalid = Buffer.concat([
  Buffer.from("one\n"),
  ...Array.from({ length: 7 }, () => Buffer.from([0xfc, 0x0a])),
  Buffer.from(`${"x".repeat(1_048_551)}\nlast\n`),
]);

describe("inspectFiles", () => {
  it("reads the files one after the other, without empty lines, and reports these", async () => {
    const { lines, notes, errors } = await look(["one\n\ntwo\n", "three\r\n\r\n"]);
    expect(errors).toEqual([]);
    expect(lines.count).toBe(3);
    expect(await collect(lines.read())).toMatchObject([
      { logGroup: "group-0", logStream: "0.log", message: "one" },
      { logGroup: "group-0", logStream: "0.log", message: "two" },
      { logGroup: "group-1", logStream: "1.log", message: "three" },
    ]);
    expect(notes[0]).toBe("Skipping empty lines, which CloudWatch Logs does not accept: 2.");
  });

  it("gives lines their own time, or else the time of the put", async () => {
    const own = new Date(NOW - 5_000);
    const { lines, notes } = await look([`text\n${own.toISOString()} started\n`]);
    const [first, second] = await collect(lines.read());
    expect(first!.timestamp).toBeGreaterThanOrEqual(NOW);
    expect(second!.timestamp).toBe(own.getTime());
    expect(notes).toEqual(["1 of 2 lines keeps its own time; 1 has no time: they get the time of the put."]);
  });

  it("reports lines that cannot be put, with advice", async () => {
    const { errors, paths } = await look([invalid]);
    expect(errors).toEqual([
      `--file ${paths[0]}: 7 lines are not UTF-8 (lines 2, 3, 4, 5, 6 and 2 more), 1 line is longer than the 1,048,550 bytes that CloudWatch Logs accepts (line 9); convert them, for instance with iconv, or skip them with --skip-invalid-lines.`,
    ]);
  });

  it("says it in the words of whoever has no command line", async () => {
    const words: InputWords = {
      subject: (file) => `<${file.slice(directory.path.length + 1)}>`,
      ...{ skip: "leave them out", timeField: "Time field", convert: (command) => `first run ${command}` },
    };
    const { errors } = await look([invalid, gzipSync("a"), ""], { words });
    expect(errors).toEqual([
      expect.stringMatching(/^<0\.log>: 7 lines .* with iconv, or leave them out\.$/),
      "<1.log> cannot be read: it is compressed by gzip; first run gunzip -c.",
      "<2.log> has no line with text.",
    ]);
    const { notes } = await look(['{"a":1}'], { words });
    expect(notes[0]).toMatch(/ Time field names the field of JSON lines/);
  });

  it("skips invalid lines on request, and reports them", async () => {
    const { lines, notes, errors, paths } = await look([invalid], { skipInvalidLines: true });
    expect(errors).toEqual([]);
    expect((await collect(lines.read())).map(({ message }) => message)).toEqual(["one", "last"]);
    expect(lines.count).toBe(2);
    expect(notes[0]).toMatch(new RegExp(`^Skipping lines of ${paths[0]}: 7 lines are not UTF-8 .*line 9\\)\\.$`));
  });

  it.each([
    ["nothing", "", false, /has no line with text\.$/],
    ["only line ends", "\n\r\n\n", false, /has no line with text\.$/],
    [
      "only invalid lines",
      Buffer.from([0xfc]),
      true,
      /has no line with text, only invalid ones: 1 line is not UTF-8 \(line 1\)\.$/,
    ],
    ["another format", Buffer.from([0x1f, 0x8b, 0x08]), true, /^--file \S+ cannot be read: it is compressed by gzip/],
  ])("rejects a file of %s", async (_, content, skipInvalidLines, error) => {
    const { errors } = await look(["fine\n", content], { skipInvalidLines });
    expect(errors).toEqual([expect.stringMatching(error)]);
  });

  it("ignores content that is appended to a file after its inspection", async () => {
    // As much as is read at a time, and more.
    for (const count of [1, 100_000]) {
      const { lines, paths } = await look(["one\n".repeat(count)]);
      await appendFile(paths[0]!, "two\n");
      expect(await collect(lines.read())).toHaveLength(count);
    }
  });

  it("rejects lines that became invalid since the inspection", async () => {
    const { lines, paths } = await look(["fine\n"]);
    await writeFile(paths[0]!, Buffer.from([0xfc, 0x0a]));
    await expect(collect(lines.read())).rejects.toThrow(/0\.log: 1 line is not UTF-8 \(line 1\)/);
  });
});
