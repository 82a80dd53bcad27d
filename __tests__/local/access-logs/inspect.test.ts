import { chmod, mkdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { inspectAccessLogs } from "../../../local/access-logs/inspect";
import { endEverything } from "../../../tools/processes/reaper";
import { type TemporaryDirectory, temporaryDirectory } from "../../../tools/processes/temporary-directory";
import { SAMPLE_LINES } from "../../../tools/sample-logs/by-parser";

const ALB = SAMPLE_LINES.alb_access[0]!.lines.join("\n");

let directory: TemporaryDirectory;
const at = (...names: string[]) => join(directory.path, ...names);

beforeAll(async () => {
  directory = await temporaryDirectory();
  await mkdir(at("sync", "a"), { recursive: true });
  await mkdir(at("sync", "b"));
  await mkdir(at("nothing"));
  await writeFile(at("sync", "a", "x.log"), ALB);
  await writeFile(at("sync", "b", "x.log"), "what is this\n");
  await writeFile(at("sync", "b", "y.log"), "what is this\n");
  await writeFile(at("sync", ".DS_Store"), Buffer.alloc(9));
  await writeFile(at("sync", "empty"), "");
  await writeFile(at("x.log"), "what is this\n");
  await writeFile(at("empty.log"), "");
  await writeFile(at("sync", "empty.gz"), gzipSync(""));
  await writeFile(at("empty.gz"), Buffer.concat([gzipSync(""), gzipSync("")]));
  await writeFile(at("alb.gz"), gzipSync(ALB));
});

afterAll(async () => {
  await directory.remove();
  await endEverything();
});

const inspect = (...paths: string[]) => inspectAccessLogs(paths);

describe("inspectAccessLogs", () => {
  it("finds format, gzip and number of lines of a file by its content", async () => {
    const { files, errors } = await inspect(at("alb.gz"));
    expect(errors).toEqual([]);
    expect(files).toMatchObject([
      { path: at("alb.gz"), format: "alb_access", isGzip: true, expected: { eventCount: 3 } },
    ]);
    expect(files[0]!.key).toMatch(
      /^AWSLogs\/123456789012\/elasticloadbalancing\/eu-central-1\/\d{4}\/\d\d\/\d\d\/.*\.log\.gz$/,
    );
  });

  it("gives a file the same key each time until it is written again, so that nothing is delivered twice", async () => {
    const keyNow = async () => (await inspect(at("alb.gz"))).files[0]!.key;
    const first = await keyNow();
    await utimes(at("alb.gz"), 1_795_230_000, 1_795_230_000);
    const second = await keyNow();
    expect(second).toContain("/2026/11/21/");
    expect(second).toContain("_20261121T0300Z_");
    expect(second).not.toBe(first);
    expect(await keyNow()).toBe(second);
  });

  it("takes each file below a folder once, without hidden and empty ones", async () => {
    const { files, errors } = await inspect(at("sync"), at("sync", "a", "x.log"));
    expect(errors).toEqual([]);
    expect(files.map(({ path }) => path)).toEqual([
      at("sync", "a", "x.log"),
      at("sync", "b", "x.log"),
      at("sync", "b", "y.log"),
    ]);
  });

  it("gives files of the same name different keys", async () => {
    const { files } = await inspect(at("x.log"), at("sync", "b"));
    expect(files.map(({ key }) => key)).toEqual(["other/x.log", "2/other/x.log", "other/y.log"]);
  });

  it("says of each path what is wrong with it, all together", async () => {
    await writeFile(at("p.parquet"), "PAR1\x15\x04");
    await writeFile(at("binary"), gzipSync(Buffer.from([0x41, 0, 0x42])));
    await writeFile(at("twice.gz"), gzipSync(gzipSync(ALB)));
    await writeFile(at("logs.zip"), Buffer.from("504b0304", "hex"));
    const tar = Buffer.alloc(512, "x");
    tar.write("ustar", 257);
    await writeFile(at("logs.tgz"), gzipSync(tar));
    const paths = [
      "missing.log",
      "empty.log",
      "empty.gz",
      "nothing",
      "p.parquet",
      "binary",
      "twice.gz",
      "logs.zip",
      "logs.tgz",
      "x.log",
    ];
    const { errors, files } = await inspect(...paths.map((name) => at(name)));
    expect(files).toHaveLength(1);
    expect(errors.map((error) => error.replaceAll(`${directory.path}/`, ""))).toEqual([
      "--access-logs missing.log cannot be read: there is no such file.",
      "--access-logs empty.log has no content.",
      "--access-logs empty.gz has no content.",
      "--access-logs nothing has no content.",
      "--access-logs p.parquet cannot be put: it is Parquet; deliver text or JSON instead.",
      "--access-logs binary cannot be put: it is binary, no log.",
      "--access-logs twice.gz cannot be put: it is compressed by gzip twice; gunzip it once.",
      "--access-logs logs.zip cannot be put: it is a zip archive; unpack it, and put its files.",
      "--access-logs logs.tgz cannot be put: it is a tar archive; unpack it, and put its files.",
    ]);
  });

  it("says so of a pipe and of a file that may not be read", async () => {
    expect((await inspect("/dev/null")).errors).toEqual([
      "--access-logs /dev/null cannot be read: it is a stream; only whole files become objects.",
    ]);
    if (process.getuid?.() === 0) return;
    await writeFile(at("secret.log"), ALB);
    await chmod(at("secret.log"), 0);
    expect((await inspect(at("secret.log"))).errors).toEqual([
      `--access-logs ${at("secret.log")} cannot be read: permission denied.`,
    ]);
  });
});
