import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import type { PageState } from "../../local/page/shared/page-state";
import { freePort } from "../../tools/processes/port";
import { repositoryRoot } from "../../tools/repository";
import { allShown } from "../support/page-events";

function start(args: readonly string[], env: NodeJS.ProcessEnv = process.env): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", "local/main.ts", ...args], { cwd: repositoryRoot, env });
}

/** What it writes, and its exit code. */
async function run(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<{ output: string; code: number }> {
  const child = start(args, env);
  let output = "";
  for (const stream of [child.stdout!, child.stderr!]) stream.on("data", (chunk) => (output += chunk));
  const [code] = await once(child, "close");
  return { output, code };
}

interface Running {
  readonly urls: readonly string[];
  readonly directory: string;
  /** What its page is shown, to its end. */
  readonly shown: Promise<PageState[]>;
}

/** Waits for both of its services, once it has printed the link of its page. */
async function untilItRuns(child: ChildProcess): Promise<Running> {
  const urls: string[] = [];
  let directory = "";
  let shown: Promise<PageState[]> | undefined;
  for await (const line of createInterface({ input: child.stdout! })) {
    const [, link] = /^Watch it: (\S+)$/.exec(line) ?? [];
    if (link) shown = allShown(link);
    // No step has ended before.
    if (line.includes("✔")) expect(shown).toBeDefined();
    urls.push(...(/✔.* (http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.slice(1) ?? []));
    directory = /✔.* Working directory: (\S+)/.exec(line)?.[1] ?? directory;
    if (urls.length === 2) break;
  }
  for (const url of urls) expect((await fetch(url)).status).toBeLessThan(500);
  expect(existsSync(directory)).toBe(true);
  return { urls, directory, shown: shown! };
}

async function expectNothingOf({ urls, directory, shown }: Running): Promise<void> {
  const states = await shown;
  expect(states[0]).toMatchObject({ phase: "starting", services: [] });
  // What was shown last stays, and promises nothing that is gone.
  const { phase, services } = states.at(-1)!;
  expect([phase, services.map(({ status }) => status)]).toEqual(["stopped", ["ended", "ended"]]);
  expect(services.map(({ url }) => url).toSorted()).toEqual(urls.toSorted());
  for (const url of urls) await expect(fetch(url)).rejects.toThrow("fetch failed");
  expect(existsSync(directory)).toBe(false);
}

describe("npm start", () => {
  it("reports all usage errors together, before anything starts", async () => {
    const { output, code } = await run(["--file", "/nowhere.log", "--log-group", "a b", "--search-port", "0"]);
    expect(code).toBe(2);
    expect(output).toMatch(
      /^Nothing was done:\n- --search-port is "0"\. Allowed: .*\n- --log-group is "a b"\. Allowed: .*\n- --file \/nowhere\.log cannot be read/m,
    );
    expect(output).not.toContain("prerequisites");
  });

  it("rejects an option that does not exist", async () => {
    expect(await run(["--nonsense"])).toMatchObject({ code: 2, output: expect.stringContaining("--nonsense") });
  });

  it("rejects a search endpoint without a response, before anything starts", async () => {
    const origin = `http://127.0.0.1:${await freePort()}`;
    const { output, code } = await run(["--search-endpoint", origin]);
    expect(code).toBe(2);
    expect(output.trim()).toMatch(
      new RegExp(`^Nothing was done:\\n- --search-endpoint ${origin} cannot be used: the connection is refused: .+$`),
    );
  });

  it("lists all missing prerequisites", async () => {
    const { output, code } = await run(["--exit"], { PATH: "/nowhere" });
    expect(code).toBe(1);
    // Maven is not looked for where OpenSearch was fetched before.
    for (const tool of ["Terraform", "Python with venv", "Java"]) {
      expect(output).toMatch(new RegExp(`^${tool} .* is needed: \\S+ was not found\\.`, "m"));
    }
  });

  it("leaves no process and no directory behind when it is interrupted", async () => {
    const child = start([]);
    const running = await untilItRuns(child);

    // Two signals, like those of a terminal and of npm.
    for (let i = 0; i < 2; i++) child.kill("SIGINT");
    const [code] = await once(child, "exit");

    expect(code).toBe(130);
    await expectNothingOf(running);
  }, 300_000);

  it("leaves no process and no directory behind when npm is killed", async () => {
    const npm = spawn("npm", ["start"], { cwd: repositoryRoot });
    const running = await untilItRuns(npm);

    npm.kill("SIGKILL");
    // Comes when the last process that holds its output has ended.
    await once(npm, "close");

    await expectNothingOf(running);
  }, 300_000);
});
