import { spawnSync } from "node:child_process";
import { BENCH_PREFIX, BENCH_TEMPLATE } from "../../benchmarks/subjects/index-engine";
import { INDEX_TABLES } from "../../benchmarks/suites/index";
import { repositoryRoot } from "../../tools/repository";

const bench = (...args: string[]) =>
  spawnSync(process.execPath, ["--import", "tsx", "benchmarks/main.ts", ...args], {
    cwd: repositoryRoot,
    encoding: "utf8",
  });

describe("npm run bench", () => {
  it("lists every suite with --help", () => {
    const { status, stdout } = bench("--help");
    const listed = stdout.match(/^ {2}[a-z-]+(?= \[)/gm)!.map((name) => name.trim());
    expect([status, listed]).toEqual([
      0,
      [
        "core",
        "function",
        "cold",
        "memory",
        "pipeline",
        "index",
        "parsers",
        "access-logs",
        "rules",
        "logger",
        "start",
        "compare",
        "help",
      ],
    ]);
  });

  it("says with index --help what it measures, and what it does to an engine that runs already", () => {
    const { status, stdout } = bench("index", "--help");
    expect(status).toBe(0);
    for (const table of INDEX_TABLES) expect(stdout).toMatch(new RegExp(`^ {2}${table} {2,}\\S`, "m"));
    expect(stdout).toContain(`${BENCH_PREFIX}* and the index template ${BENCH_TEMPLATE} are created and deleted`);
  });

  it.each([
    [["nonsense"], "- Unknown command 'nonsense'."],
    [["compare"], "- Missing required argument 'commit'."],
    [["compare", "HEAD", "--rounds", "0"], '- --rounds is "0". Allowed: a whole number from 1 to 1000.'],
    [
      ["index", "--engine", "http://search.example:9200"],
      '- --engine is "http://search.example:9200". Allowed: an https:// origin',
    ],
  ])("rejects %j and ends with 2, before anything is measured", (args, message) => {
    expect(bench(...args)).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining(message) });
  });
});
