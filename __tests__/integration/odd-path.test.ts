import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { installEmulator } from "../../local/emulator/emulator";
import { installEngine } from "../../local/opensearch/install";
import { OPENSEARCH } from "../../local/opensearch/opensearch";
import { terraformEnvironment } from "../../local/terraform/provider-mirror";
import { type TemporaryDirectory, temporaryDirectory } from "../../tools/processes/temporary-directory";
import { cloneRepository } from "../support/clone";
import { printedCommands, runInBash } from "../support/printed-commands";
import { skippedUnless } from "../support/skipped";
import { until } from "../support/until";

const nightly = skippedUnless(process.env.NIGHTLY, "NIGHTLY=1");

let directory: TemporaryDirectory;
let clone: string;
let tmp: string;

beforeAll(async () => {
  await Promise.all([installEmulator(), installEngine(OPENSEARCH), terraformEnvironment()]);
  directory = await temporaryDirectory();
  const odd = join(directory.path, "größer als 件 it's");
  clone = join(odd, "clone");
  tmp = join(odd, "tmp");
  await mkdir(tmp, { recursive: true });
  await cloneRepository(clone);
}, 300_000);

afterAll(async () => {
  await npmStart(["stop", "--all"]);
  await directory.remove();
});

/** As in a container: without a locale. */
async function npmStart(args: readonly string[], variables: NodeJS.ProcessEnv = {}, input = ""): Promise<Outcome> {
  const child = spawn("npm", ["start", "--", ...args], {
    cwd: clone,
    env: { ...process.env, LANG: "", LC_ALL: "C", TMPDIR: tmp, ...variables },
  });
  child.stdin.end(input);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const [code] = await once(child, "close");
  return { output, code };
}

interface Outcome {
  readonly output: string;
  readonly code: number;
}

/** Takes what `name` begins out of the cache while `work` goes on. */
async function without<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const cache = join(clone, ".cache");
  const taken = (await readdir(cache)).filter((entry) => entry.startsWith(name));
  expect(taken).not.toEqual([]);
  for (const entry of taken) await rename(join(cache, entry), join(tmp, entry));
  try {
    return await work();
  } finally {
    for (const entry of taken) await rename(join(tmp, entry), join(cache, entry));
  }
}

/** Whatever else is written: no stack of this program. */
function expectExplained({ output, code }: Outcome, message: RegExp): void {
  expect(output).toMatch(message);
  expect(output).not.toMatch(/^ {4}at /m);
  expect(code).toBe(1);
}

nightly.describe("npm start in a folder whose path has spaces, an apostrophe and more than ASCII", () => {
  let started: Outcome;

  it("delivers everything, and keeps running in the background", async () => {
    started = await npmStart(["--detach"]);
    expect(started.output).toContain("Every event was found once");
    expect(started.output).toContain("In a real account: Plan: 25 to add");
    expect(started.output).toMatch(
      /^Running in the background \(process \d+\)\.\nLog: .*start\.log\nEnd it: npm start -- stop --pid \d+$/m,
    );
    expect(started.code).toBe(0);
  }, 300_000);

  it("writes the exports to a file that can be sourced as it is printed", async () => {
    const [source] = printedCommands(started.output).filter((command) => command.startsWith("source "));
    const variables = await runInBash(`${source}; env`);
    expect(variables).toMatch(/^AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:\d+$/m);
    expect(variables).toMatch(/^AWS_DEFAULT_REGION=eu-central-1$/m);
  });

  it("accepts further lines, and shows its indices", async () => {
    const put = await npmStart(["put", "--log-group", "bar"], {}, "größer\n\nit's one more\n");
    expect(put).toMatchObject({ code: 0, output: expect.stringContaining("Put 2 lines into bar.") });
    let documents = 0;
    await until(async () => {
      const { output } = await npmStart(["status"]);
      const counts = [...output.matchAll(/^ +cwl-.* ([\d,]+) documents +green$/gm)];
      documents = counts.reduce((sum, [, count]) => sum + Number(count!.replace(",", "")), 0);
      return documents >= 3_005;
    });
    expect(documents).toBe(3_005);
  }, 120_000);

  it("stops on request, and leaves nothing behind", async () => {
    expect(await npmStart(["stop"])).toMatchObject({ code: 0, output: expect.stringContaining("Stopped: process ") });
    expect(await readdir(join(clone, ".local"))).toEqual([]);
    for (const command of ["status", "stop", "put"]) {
      expectExplained(await npmStart([command]), /^No pipeline runs from this folder\. npm start starts one; /m);
    }
  });

  it("explains that PyPI cannot be reached", async () => {
    const offline = { PIP_INDEX_URL: "http://127.0.0.1:1/simple", PIP_FIND_LINKS: "", PIP_RETRIES: "1" };
    expectExplained(
      await without("moto-", () => npmStart(["--exit"], offline)),
      /^moto, the AWS emulator, cannot be fetched by pip: the connection is refused\.\nIt is fetched only once\..*\nIts last lines:\n {2}\S/m,
    );
  }, 120_000);

  it("explains that Maven may not use the network", async () => {
    await mkdir(join(directory.path, ".m2"));
    await writeFile(join(directory.path, ".m2", "settings.xml"), "<settings><offline>true</offline></settings>");
    const offline = { MAVEN_OPTS: `-Duser.home=${directory.path}` };
    expectExplained(
      await without("opensearch-", () => npmStart(["--exit"], offline)),
      /^opensearch 2\.19\.6 cannot be fetched by Maven: it is set to work offline\.\nIt is fetched only once\./m,
    );
  }, 120_000);

  it("explains that it cannot create its working directory", async () => {
    await rm(join(clone, ".local"), { recursive: true });
    await writeFile(join(clone, ".local"), "");
    expectExplained(
      await npmStart(["--exit"]),
      /clone\/\.local cannot be created: a file of this name is in the way\.\nMove that file/,
    );
  }, 120_000);
});
