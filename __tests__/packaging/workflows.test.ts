import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { skippedUnless } from "../support/skipped";
import { root } from "./sources";

const directory = join(root, ".github/workflows");
const workflows = readdirSync(directory).map((name) => readFileSync(join(directory, name), "utf8"));
const lines = workflows.flatMap((text) => text.split("\n"));

/** The text of each job, by its name. */
const jobs = workflows.flatMap((text) => text.split("\njobs:\n")[1]!.split(/^(?= {2}\w+:$)/m));

/** The values of a key, of a mapping or of a list's first entry. */
const valuesOf = (key: string): string[] =>
  lines.flatMap((line) => new RegExp(`^\\s*(?:- )?${key}: (.*)$`).exec(line)?.[1] ?? []);

const { error, status, stdout } = spawnSync("actionlint", { cwd: root, encoding: "utf8" });

describe("the workflows", () => {
  it("use actions by commit, because a tag can be moved, and say which version it is", () => {
    const actions = valuesOf("uses").filter((action) => !action.startsWith("./"));
    expect(actions).not.toEqual([]);
    for (const action of actions) expect(action).toMatch(/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("run npm and git, so that all they do can be done on any machine", () => {
    const commands = valuesOf("run");
    expect(commands).not.toEqual([]);
    for (const command of commands) expect(command).toMatch(/^(npm|git) /);
  });

  it("run no code of packages where they may write, or where git's credentials are on the disk", () => {
    const mayWrite = (job: string) => /: write$/m.test(job) && !job.includes("github/codeql-action");
    const trusted = jobs.filter((job) => mayWrite(job) || !/persist-credentials: false|uses: \.\//.test(job));
    expect(trusted.map((job) => job.trim().split(":")[0])).toEqual(["publish"]);
    for (const job of trusted) {
      expect(job).not.toMatch(/npm|npx|setup-node/);
      expect(job.match(/uses: \S+?@/g)).toEqual(["uses: actions/checkout@", "uses: actions/download-artifact@"]);
    }
  });

  it("give no job more than it needs: each names its permissions, or reads alone", () => {
    for (const text of workflows) expect(text).toMatch(/^permissions:( \{\}|\n {2}contents: read)$/m);
  });

  it("put no input into a shell's text", () => {
    expect(valuesOf("run").filter((command) => command.includes("${{"))).toEqual([]);
  });

  skippedUnless(error === undefined, "actionlint on the PATH").it("please actionlint", () => {
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });
});
