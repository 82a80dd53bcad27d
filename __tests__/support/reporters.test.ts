import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

const { LONGEST, PHASES, countByPhase, duration, phaseOf } = require("./phases");
const PhaseSequencer = require("./phase-sequencer");
const ProgressReporter = require("./progress-reporter");
const { summaryLines } = require("./summary-reporter");
const unitFilter = require("./unit-filter");

const ROOT = join(__dirname, "..", "..");
const inTests = (path: string) => join(ROOT, "__tests__", path);

beforeAll(() => {
  for (const name of ["SKIP_INTEGRATION", "ENGINES"]) delete process.env[name];
});

describe("the phases of a run", () => {
  it("follow the folders of the tests, quick phases first", () => {
    const paths = ["lockfile.test.ts", "registry/plan.test.ts", "integration/start.test.ts", "local/options.test.ts"];
    expect(countByPhase(paths.map(inTests))).toEqual({ unit: 2, terraform: 1, integration: 1 });
    expect(PHASES).toEqual(["unit", "programs", "model", "packaging", "terraform", "integration"]);
  });

  it("have a phase of their own for tests that start programs, by themselves or by what they import", () => {
    expect(phaseOf(inTests("check.test.ts"))).toBe("programs");
    expect(phaseOf(inTests("replay/command.test.ts"))).toBe("programs");
  });

  it("leave only unit tests to npm run test:unit", async () => {
    const paths = ["lockfile", "check", "model/forwarder", "integration/start"].map((name) =>
      inTests(`${name}.test.ts`),
    );
    expect(await unitFilter(paths)).toEqual({ filtered: paths.slice(0, 1) });
  });
});

describe("the order of a run", () => {
  /** Of tests of these names, where Jest knows no times. */
  function orderOf(names: readonly string[]): string[] {
    const sequencer = new PhaseSequencer({ globalConfig: { listTests: true } });
    const context = { config: { cache: false }, hasteFS: { getSize: (path: string) => path.length } };
    const sorted = sequencer.sort(names.map((name) => ({ context, path: inTests(`${name}.test.ts`) })));
    return sorted.map(({ path }: { path: string }) => relative(inTests(""), path).replace(".test.ts", ""));
  }

  it("begins each phase with its slowest files, where Jest knows no times", () => {
    const names = ["terraform/lane-names", "terraform/security", "rooms", "packaging/package", "registry/plan"];
    const order = ["rooms", "packaging/package", "registry/plan", "terraform/security", "terraform/lane-names"];
    expect(orderOf(names)).toEqual(order);
  });

  it("runs Terraform's tests beside integration tests, a file of each in turn, until all have ended", () => {
    const names = [
      "terraform/security",
      "registry/plan",
      "integration/pipeline",
      "integration/cdktf",
      "integration/send",
    ];
    const order = [
      "registry/plan",
      "integration/pipeline",
      "terraform/security",
      "integration/cdktf",
      "integration/send",
    ];
    expect(orderOf(names)).toEqual(order);
  });

  it("names as the slowest files those that are there", () => {
    expect(LONGEST.filter((path: string) => !existsSync(path))).toEqual([]);
  });
});

describe("duration", () => {
  it.each([
    [400, "0 s"],
    [59_400, "59 s"],
    [59_600, "1 min 0 s"],
    [695_000, "11 min 35 s"],
  ])("prints %d ms as %s", (ms, text) => {
    expect(duration(ms)).toBe(text);
  });
});

describe("the progress of a run", () => {
  const files = ["a.test.ts", "b.test.ts", "integration/c.test.ts"].map((path) => ({ path: inTests(path) }));

  function start(globalConfig: object, isTimed = false) {
    const lines: string[] = [];
    let nowMs = 0;
    const planned = { files: countByPhase(files.map(({ path }) => path)), isTimed };
    const options = {
      print: (line: string) => lines.push(line),
      isTerminal: true,
      nowMs: () => nowMs,
      planned: () => planned,
    };
    const reporter = new ProgressReporter(globalConfig, options);
    reporter.onRunStart({ numTotalTestSuites: 3 }, { estimatedTime: 75 });
    const wait = (ms: number) => {
      nowMs += ms;
    };
    return { lines, reporter, wait };
  }

  it("prints what runs, how long all tests take, and each phase's beginning and end", () => {
    const { lines, reporter, wait } = start({});
    for (const file of files) reporter.onTestFileStart(file);
    wait(61_000);
    reporter.onTestFileResult(files[0]);
    reporter.tell();
    reporter.onTestFileResult(files[1]);
    wait(9_000);
    reporter.onTestFileResult(files[2]);

    expect(lines).toEqual([
      "3 test files: unit 2, integration 1; all take about 25 minutes on two cores",
      "unit: begins after 0 s",
      "integration: begins after 0 s",
      "1 of 3 test files after 1 min 1 s; running: b.test.ts for 1 min 1 s, integration/c.test.ts for 1 min 1 s",
      "unit: done; 2 of 3 test files after 1 min 1 s",
      "integration: done; 3 of 3 test files after 1 min 10 s",
    ]);
  });

  it("prints how long a part took before, if Jest knows it", () => {
    const part = { testPathPatterns: { isSet: () => true } };
    expect(start(part).lines).toEqual(["3 test files: unit 2, integration 1"]);
    expect(start({ filter: inTests("support/unit-filter.js") }).lines).toEqual(["3 test files: unit 2, integration 1"]);
    expect(start(part, true).lines).toEqual(["3 test files: unit 2, integration 1; about 1 min 15 s, as before"]);
  });
});

describe("the summary of a run", () => {
  const skip = (...ancestors: string[]) => ({ status: "pending", fullName: ancestors.join(" ") });
  const results = (tests: object[]) => ({
    ...{ numPassedTests: 5, numFailedTests: 1, numRuntimeErrorTestSuites: 1, numTodoTests: 0 },
    ...{
      numPendingTests: tests.length,
      testResults: [{ testResults: [{ status: "passed", fullName: "x" }, ...tests] }],
    },
  });
  const options = { isFiltered: false, isWithoutIntegration: false, tookMs: 695_000 };

  it("ends with the counts alone, whatever comes before", () => {
    expect(summaryLines(results([]), options)).toEqual(["Took 11 min 35 s in all.", "5 passed, 2 failed"]);
    expect(summaryLines(results([]), { ...options, isWithoutIntegration: true })[0]).toMatch(
      /^SKIP_INTEGRATION is set/,
    );
  });

  it("lists what skipped tests need, the most frequent reason first, and tests without a reason", () => {
    const tests = [
      skip("tflint [skipped: npm run module:tools] finds nothing"),
      skip("documents on x [skipped: ENGINES=all] holds each line [skipped: CORPUS_DIR]"),
      skip("documents on x [skipped: ENGINES=all] takes every event"),
      skip("somebody's own"),
    ];
    expect(summaryLines(results(tests), options).slice(0, -2)).toEqual([
      "4 skipped: ENGINES=all (2), npm run module:tools (1), no reason given: somebody's own (1)",
    ]);
    expect(summaryLines(results(tests), options).at(-1)).toBe("5 passed, 2 failed, 4 skipped");
  });

  it("asks for no reasons in a run that selects tests by name", () => {
    const [line] = summaryLines(results([skip("one"), skip("two")]), { ...options, isFiltered: true });
    expect(line).toBe("2 skipped: not selected by name (2)");
  });

  it("is what a run of Jest prints last", () => {
    const folder = mkdtempSync(join(tmpdir(), "reporters-"));
    const support = (name: string) => JSON.stringify(inTests(`support/${name}`));
    writeFileSync(
      join(folder, "a.test.ts"),
      `import { skippedUnless } from ${support("skipped")};
       const needs = skippedUnless(false, "a moon of 100 % cheese");
       needs.it("one", () => {});
       needs.it.each([[1], [2]])("number %i", () => {});
       needs.describe("more", () => it("four", () => {}));
       needs.describe.each([[1]])("more %i", () => it("five", () => {}));
       skippedUnless(true, "nothing").it("six", () => {});
       skippedUnless(1, "nothing").describe("more", () => it.each([7])("%i", () => {}));`,
    );
    const config = require(join(ROOT, "jest.config.js"));
    const reporters = config.reporters.slice(1).map((path: string) => path.replace("<rootDir>", ROOT));
    const transform = { "\\.ts$": [require.resolve("@swc/jest"), config.transform["^.+\\.ts$"][1]] };
    writeFileSync(
      join(folder, "jest.config.json"),
      JSON.stringify({ testMatch: ["**/a.test.ts"], reporters, transform }),
    );
    try {
      const jest = join(ROOT, "node_modules/jest/bin/jest.js");
      const options = { cwd: folder, encoding: "utf8", env: process.env } as const;
      const { stdout } = spawnSync(process.execPath, [jest, "--rootDir", folder], options);
      expect(stdout.trimEnd().split("\n")).toEqual([
        "",
        "5 skipped: a moon of 100 % cheese (5)",
        expect.stringMatching(/^Took \d+ s in all\.$/),
        "2 passed, 0 failed, 5 skipped",
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("a run that ends before its tests", () => {
  const run = (env: object, ...args: string[]) => {
    const jest = join(ROOT, "node_modules/jest/bin/jest.js");
    const options = { cwd: ROOT, encoding: "utf8", env: { ...process.env, ...env } } as const;
    const { status, stdout } = spawnSync(process.execPath, [jest, ...args], options);
    return [status, stdout.trimEnd().split("\n").at(-1)];
  };

  it("ends with counts where CORPUS_DIR is rejected", () => {
    const absent = join(tmpdir(), "no-such-folder-of-logs");
    expect(run({ CORPUS_DIR: absent }, "support/same-elements")).toEqual([1, "0 passed, 1 failed"]);
  });

  it("ends with counts where no file matches", () => {
    expect(run({}, "no-such-file-of-tests")).toEqual([1, "0 passed, 0 failed"]);
    expect(run({}, "no-such-file-of-tests", "--passWithNoTests")).toEqual([0, "0 passed, 0 failed"]);
  });

  it("has no counts in a list of the files", () => {
    expect(run({}, "support/same-elements", "--listTests")).toEqual([0, inTests("support/same-elements.test.ts")]);
  });
});

describe("every skipped test", () => {
  it("is skipped by skippedUnless, which asks for a reason", () => {
    const names = readdirSync(inTests("."), { recursive: true, encoding: "utf8" }).filter((name) =>
      /\.[jt]s$/.test(name),
    );
    const sources = names
      .filter((name) => name !== join("support", "skipped.ts"))
      .map((name) => [name, readFileSync(inTests(name), "utf8")] as const);
    expect(sources.length).toBeGreaterThan(100);
    const skipping = /\b(?:describe|it|test)\.(?:skip|todo|only)\b|\b(?:x|f)(?:describe|it|test)\(/;
    expect(sources.filter(([, text]) => skipping.test(text)).map(([name]) => name)).toEqual([]);
  });
});
