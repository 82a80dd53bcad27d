import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs, { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import zlib, { gzipSync } from "node:zlib";
import { MAX_LINES, realLogs } from "../../tools/corpus-dir";
import { FILE_LIMITS } from "../../tools/corpus-dir/read-lines";
import { LIMITS } from "../../tools/put-log-events";
import { skippedUnless } from "../support/skipped";

const MIB = 1024 ** 2;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "corpus dir "));
});

afterEach(() => {
  jest.restoreAllMocks();
  // By the bytes of its names, which may be no UTF-8.
  execFileSync("rm", ["-r", folder]);
});

function write(name: string, content: string | Buffer): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
}

const read = () => realLogs({ CORPUS_DIR: folder })!;

describe("realLogs", () => {
  it.each([{}, { CORPUS_DIR: "" }])("reads no logs with %j", (env) => {
    expect(realLogs(env)).toBeUndefined();
  });

  it("reads text of any name, of folders below too, and gzipped", () => {
    write("access.log", "one\ntwo\r\n\nthree");
    write("2026/11/21/AWSLogs.json.gz", gzipSync('{"größer":1}\n'));
    write("noextension", "four\n");

    expect(read()).toEqual({
      folder,
      files: [
        { name: "2026/11/21/AWSLogs.json.gz", lines: ['{"größer":1}'] },
        { name: "access.log", lines: ["one", "two", "three"] },
        { name: "noextension", lines: ["four"] },
      ],
      notes: [],
    });
  });

  it("leaves out files that are not logs", () => {
    for (const name of ["README.md", "LICENSE", "a/readme", ".DS_Store", ".git/HEAD"]) write(name, "no log\n");
    symlinkSync("/nowhere", join(folder, "dangling.log"));
    write("readme-requests.log", "a log\n");

    expect(read()).toMatchObject({ files: [{ name: "readme-requests.log" }], notes: [] });
  });

  it("lists files that it does not read, with the reasons", () => {
    write("a.log", "one\n");
    write("b.png", Buffer.from("\x89PNG\r\n\0\0", "latin1"));
    write("c.gz", gzipSync("x".repeat(5000)).fill(7, 12));
    write("d.log", "\n\n");

    const { files, notes } = read();
    expect(files.map(({ name }) => name)).toEqual(["a.log"]);
    expect(notes).toEqual([
      "b.png: not read, because it is not text",
      expect.stringMatching(/^c\.gz: /),
      "d.log: has no line with text",
    ]);
  });

  it("leaves out lines that are not UTF-8 or too long for CloudWatch Logs, and counts them", () => {
    const tooLong = "x".repeat(LIMITS.bytesPerCall - LIMITS.eventOverheadBytes + 1);
    write("a.log", Buffer.concat([Buffer.from(`größer\n${tooLong}\n`), Buffer.from("caf\xe9\nlast\n", "latin1")]));

    expect(read()).toMatchObject({
      files: [{ lines: ["größer", "last"] }],
      notes: ["a.log: some lines are skipped: 1 is not UTF-8, 1 is too long for CloudWatch Logs"],
    });
  });

  it("reads the first lines of a long file, and reports it", () => {
    write("many.log", "line\n".repeat(FILE_LIMITS.lines + 1));
    write("wide.log", `${"w".repeat(1_000_000)}\n`.repeat(9));
    write("wide.log.gz", gzipSync(`${"w".repeat(1_000_000)}\n`.repeat(9)));

    const { files, notes } = read();
    expect(files.map(({ name, lines }) => [name, lines.length, new Set(lines).size])).toEqual([
      ["many.log", 10_000, 1],
      ["wide.log", 8, 1],
      ["wide.log.gz", 8, 1],
    ]);
    expect(notes).toEqual([
      "many.log: only its first 10,000 lines",
      "wide.log: only its first 8 lines",
      "wide.log.gz: only its first 8 lines",
    ]);
  });

  it("inflates no more of a gzip than it reads of a file", () => {
    const line = `${"w".repeat(99)}\n`;
    const gunzip = jest.spyOn(zlib, "gunzipSync");
    write("bomb.gz", gzipSync(line.repeat(1_000_000)));
    write("incompressible.gz", gzipSync(`${randomBytes(6 * MIB).toString("base64")}\n`.replaceAll("A", "\n")));

    const { files } = read();
    expect(files.map(({ name, lines }) => [name, lines.length])).toEqual([
      ["bomb.gz", FILE_LIMITS.lines],
      ["incompressible.gz", FILE_LIMITS.lines],
    ]);
    const sizes = gunzip.mock.results.map(({ value }) => (value as Buffer | undefined)?.length ?? 0);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(FILE_LIMITS.bytes);
  });

  it.each([
    ["a", (text: string) => text],
    ["a.gz", (text: string) => gzipSync(text)],
  ])("reports that the line of %s is too long, however long it is", (name, content) => {
    write("other.log", "one\n");
    write(name, content("x".repeat(2 * MIB)));
    expect(read().notes).toEqual([`${name}: has no usable line: 1 is too long for CloudWatch Logs`]);
    write(name, content("x".repeat(9 * MIB)));
    expect(read().notes).toEqual([`${name}: has no usable line in its first 8 MiB: 1 is too long for CloudWatch Logs`]);
  });

  it("limits the lines of all files, and reports it", () => {
    for (let n = 0; n < 8; n++) write(`${n}.log`, "line\n".repeat(9_999));

    const { files, notes } = read();
    expect(files.flatMap(({ lines }) => lines)).toHaveLength(MAX_LINES);
    expect(notes).toEqual([
      "5.log: only its first 5 lines",
      "2 more files: not read, because the files before them have 50,000 lines",
    ]);
  });

  it("leaves out what it cannot read, and reports why", () => {
    write("a.log", "one\n");
    write("private/b.log", "two\n");
    symlinkSync("circle", join(folder, "circle"));
    symlinkSync("private", join(folder, "linked"));
    // A test may run as root, who may read everything.
    const { readdirSync } = fs;
    jest.spyOn(fs, "readdirSync").mockImplementation(((path: string, options: object) => {
      if (path.endsWith("private")) throw Object.assign(new Error("EACCES: scandir"), { code: "EACCES" });
      if ("recursive" in options) throw Object.assign(new Error("EACCES: scandir"), { code: "EACCES" });
      return readdirSync(path, options as never);
    }) as never);

    expect(read()).toMatchObject({
      files: [{ name: "a.log" }],
      notes: [
        "circle: not read, because its links form a loop",
        "linked: not read, because it is a link to a folder",
        "private: not read, because permission denied",
      ],
    });
  });

  // Other systems reject such names.
  const itOnLinux = skippedUnless(process.platform === "linux", "Linux").it;
  itOnLinux("leaves out what has a name that is not UTF-8, and says so", () => {
    write("a.log", "one\n");
    const path = (name: string) => Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, "latin1")]);
    writeFileSync(path("caf\xe9.log"), "two\n");
    mkdirSync(path("\xfcber"));
    write("\ufffd.log", "three\n");

    const { files, notes } = read();
    expect(files.map(({ name }) => name)).toEqual(["a.log", "\ufffd.log"]);
    expect(notes).toEqual([
      "caf\ufffd.log: not read, because its name is not UTF-8",
      "\ufffdber: not read, because its name is not UTF-8",
    ]);
  });

  it.each([
    ["there is no such folder", "absent"],
    ["it is not a folder", "a.log"],
  ])("rejects a folder of which %s", (reason, name) => {
    write("a.log", "one\n");
    const path = join(folder, name);
    expect(() => realLogs({ CORPUS_DIR: path })).toThrow(
      `CORPUS_DIR=${path} cannot be read: ${reason}. Name a folder of log files, or unset CORPUS_DIR`,
    );
  });

  it("rejects a folder without text, and lists its content", () => {
    expect(read).toThrow(`CORPUS_DIR=${folder} has no text file, gzipped or not. Name`);
    write("b.png", Buffer.alloc(9));
    expect(read).toThrow(
      `CORPUS_DIR=${folder} has no text file, gzipped or not: b.png: not read, because it is not text. `,
    );
  });

  it("names files and folders on one line that is harmless to a terminal", () => {
    const odd = join(folder, "a\u001b[2J\u202e\nb");
    expect(() => realLogs({ CORPUS_DIR: odd })).toThrow(`CORPUS_DIR=${folder}/a\ufffd b cannot be read: there is no`);
    mkdirSync(odd);
    writeFileSync(join(odd, "a\u009b.log"), "one\n");
    writeFileSync(join(odd, "b\u009b.log"), "\n");
    expect(realLogs({ CORPUS_DIR: odd })).toMatchObject({
      files: [{ name: "a\ufffd.log", lines: ["one"] }],
      notes: ["b\ufffd.log: has no line with text"],
    });
  });
});
