import { spawnSync } from "node:child_process";
import { soakCommandLine, soakOptions } from "../../soak/options";
import { repositoryRoot } from "../../tools/repository";

const parse = (args: string[], random = 0) => soakOptions(soakCommandLine().parse(args, { from: "user" }), random);

describe("soakOptions", () => {
  it.each([
    ["0.5", "0", { durationMs: 30_000, seed: 0, heapMib: 96, lane: "log-groups" }],
    ["20", "4294967295", { durationMs: 1_200_000, seed: 4_294_967_295, heapMib: 96, lane: "log-groups" }],
    ["1440", "17", { durationMs: 86_400_000, seed: 17, heapMib: 96, lane: "log-groups" }],
  ])("takes --minutes %s --seed %s", (minutes, seed, options) => {
    expect(parse(["--minutes", minutes, "--seed", seed])).toEqual(options);
  });

  it("draws a seed when none is given, lasts 3 minutes, and has a small heap", () => {
    expect(parse([], 0.25)).toEqual({ durationMs: 180_000, seed: 2 ** 30, heapMib: 96, lane: "log-groups" });
  });

  it("takes the lane of access logs, and rejects others", () => {
    expect(parse(["--lane", "access-logs"])).toMatchObject({ lane: "access-logs" });
    expect(() => parse(["--lane", "kafka"])).toThrow("log-groups, shared, access-logs, applications, firehose");
  });

  it("takes a heap in MiB, and rejects one too small for OpenSearch to start", () => {
    expect(parse(["--heap", "512"])).toMatchObject({ heapMib: 512 });
    expect(() => parse(["--heap", "31"])).toThrow('- --heap is "31". Allowed: a whole number from 32 to 4096.');
  });

  it("takes an audit of the lanes that have one, of 25 documents unless it says how many", () => {
    expect(parse(["--audit"])).toMatchObject({ audit: 25 });
    expect(parse(["--audit", "--lane", "shared"])).toMatchObject({ audit: 25, lane: "shared" });
    expect(parse(["--audit", "7"])).toMatchObject({ audit: 7 });
    expect(() => parse(["--audit", "0"])).toThrow('- --audit is "0". Allowed: a whole number from 1 to 1000.');
    expect(() => parse(["--audit", "1", "--audit", "2"])).toThrow("- --audit is given more than once. Allowed: once.");
    expect(() => parse(["--audit", "--lane", "firehose", "--heap", "1"])).toThrow(
      /- --heap is "1".*\n- --audit applies only to --lane log-groups and shared\./,
    );
  });

  it.each(["", "0", "0.4", "1441", "-3", "1e2", "three", "Infinity", "0x10"])("rejects --minutes %j", (minutes) => {
    expect(() => parse(["--minutes", minutes])).toThrow(
      `- --minutes is ${JSON.stringify(minutes)}. Allowed: a number from 0.5 to 1440.`,
    );
  });

  it.each(["", "-1", "1.5", "4294967296", "abc", "99999999999"])("rejects --seed %j", (seed) => {
    expect(() => parse(["--seed", seed])).toThrow(
      `- --seed is ${JSON.stringify(seed)}. Allowed: a whole number from 0 to 4294967295.`,
    );
  });
});

describe("npm run soak", () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ["--import", "tsx", "soak/main.ts", ...args], {
      cwd: repositoryRoot,
      encoding: "utf8",
    });

  it("reports all validation errors at once and exits with 2, before anything starts", () => {
    expect(run("--minutes", "0", "--seed", "x", "--nonsense")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: `Nothing was done:
- --minutes is "0". Allowed: a number from 0.5 to 1440.
- --seed is "x". Allowed: a whole number from 0 to 4294967295.
- Unknown option '--nonsense'.
`,
    });
  });
});
