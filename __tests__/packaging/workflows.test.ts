import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { skippedUnless } from "../support/skipped";
import { root } from "./sources";

const directory = join(root, ".github/workflows");
const lines = readdirSync(directory).flatMap((name) => readFileSync(join(directory, name), "utf8").split("\n"));

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

  it("run npm, so that all they do can be done on any machine", () => {
    const commands = valuesOf("run");
    expect(commands).not.toEqual([]);
    for (const command of commands) expect(command).toMatch(/^npm /);
  });

  it("put no input into a shell's text", () => {
    expect(valuesOf("run").filter((command) => command.includes("${{"))).toEqual([]);
  });

  skippedUnless(error === undefined, "actionlint on the PATH").it("please actionlint", () => {
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });
});
