import { readFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "../../package.json";
import { InstalledCommands } from "../support/installed-commands";
import { envelope, kinesisEvent, logEvent } from "../support/kinesis";
import { archiveByForwarder, BUCKET, startReplayHost, table } from "../support/replay";
import { filesOf, root } from "./sources";

jest.setTimeout(120_000);

let commands: InstalledCommands;
beforeAll(() => {
  commands = new InstalledCommands();
});
afterAll(() => commands.remove());

const help = async (...command: string[]) => {
  const { exitCode, stdout, stderr } = await commands.run([...command, "--help"]);
  expect([exitCode, stderr]).toEqual([0, ""]);
  return stdout;
};

describe("the npm package of the commands, installed into an empty folder", () => {
  it("has the program, a stack for setup and the licences, and the version of the repository", async () => {
    expect((await filesOf(commands.package)).sort()).toEqual([
      "LICENSE",
      "README.md",
      "dist/THIRD-PARTY-NOTICES",
      "dist/cli.js",
      "dist/reaper-process.cjs",
      "dist/stacks/firehose-s3/cdk.tf.json",
      "package.json",
    ]);
    expect((await commands.run(["--version"])).stdout).toBe(`${version}\n`);
    const notices = readFileSync(join(commands.package, "dist/THIRD-PARTY-NOTICES"), "utf8");
    expect(notices).toMatch(/^undici \d/m);
    expect(readFileSync(join(commands.package, "dist/cli.js"), "utf8")).not.toContain(root);
  });

  it("lists its commands, and rejects others", async () => {
    expect((await help()).match(/^ {2}[a-z]+/gm)).toEqual([
      "  replay",
      "  audit",
      "  sql",
      "  grep",
      "  tail",
      "  search",
      "  setup",
      "  doctor",
      "  cost",
      "  sizing",
      "  send",
    ]);
    for (const [args, error] of [
      [[], "No command is given."],
      [["toString"], 'Unknown command: "toString".'],
    ] as const) {
      expect(await commands.run(args)).toEqual({
        exitCode: 2,
        stdout: "",
        stderr: `Nothing was done:\n- ${error} Allowed: replay, audit, sql, grep, tail, search, setup, doctor, cost, sizing, send. See --help.\n`,
      });
    }
  });

  it("tells how each command is run from here: by npx, without npm scripts and a local pipeline", async () => {
    const texts = await Promise.all(
      [
        ["replay"],
        ["audit"],
        ["sql"],
        ["grep"],
        ["tail"],
        ["search"],
        ["search", "setup"],
        ["search", "link"],
        ["setup"],
        ["setup", "s3-logging"],
        ["doctor"],
        ["cost"],
        ["sizing"],
        ["send"],
      ].map(async (command) => {
        const text = await help(...command);
        expect(text).toContain(`Usage: npx aws-logging-pipeline ${command.join(" ")} `);
        return text;
      }),
    );
    for (const text of texts) expect(text).not.toMatch(/npm (run|start)|--local|--aws|--pid/);
  });

  it("rejects wrong options with all errors and exit code 2", async () => {
    const { exitCode, stderr } = await commands.run(["replay", "--from", "soon", "--to", "2026-11-21"]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/--from is "soon".*\n- --bucket is missing/s);
  });

  it("says how DuckDB is installed, which it does not have", async () => {
    const range = ["--bucket", BUCKET, "--from", "2026-11-21T02", "--to", "2026-11-21T04"];
    const { exitCode, stderr } = await commands.run(["sql", ...range, "select 1"], { AWS_REGION: "eu-central-1" });
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/Install it: npm install @duckdb\/node-api@\d/)]);
  });

  it("replays an archive, and keeps quiet about anything but the events on standard output", async () => {
    const host = await startReplayHost();
    try {
      const events = [kinesisEvent(envelope([logEvent(1), logEvent(2, "größer 🐈")]))];
      const { documents } = await archiveByForwarder(host, events);
      const range = ["--bucket", BUCKET, "--from", "2026-11-21T02", "--to", "2026-11-21T04"];
      const { AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL_S3, SEARCH_ENDPOINT } = host.env;
      const env = { AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL_S3, SEARCH_ENDPOINT };
      const { exitCode, stdout, stderr } = await commands.run(["replay", ...range], env);
      expect([exitCode, stderr]).toEqual([0, expect.not.stringContaining("Error")]);
      expect(table(stdout)).toMatchObject({ "events found": 2, delivered: 2 });
      expect(host.engine.documents).toEqual(documents);

      const printed = await commands.run(["replay", ...range, "--sink", "stdout"], env);
      const lines = printed.stdout.trimEnd().split("\n");
      expect(lines.map((line) => JSON.parse(line).message)).toEqual(["line 1", "größer 🐈"]);
    } finally {
      await host.stop();
    }
  });
});
