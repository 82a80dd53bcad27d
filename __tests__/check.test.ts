import { spawnSync } from "node:child_process";
import { join } from "node:path";

const ROOT = join(__dirname, "..");

describe("npm run check", () => {
  it("passes: formatter, linter, compiler, and generated files that match their sources", () => {
    const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", "check"], { cwd: ROOT, encoding: "utf8" });
    expect(status === 0 ? "" : stdout + stderr).toBe("");
  }, 600_000);
});
