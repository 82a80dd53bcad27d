import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { signalExitCode } from "../../../tools/shutdown/end";
import { runs } from "../processes/runs";

describe("endProcess", () => {
  it("awaits `before`, leaves nothing behind, reports to `after`, and exits with the first code", async () => {
    const child = spawn(process.execPath, ["--import", "tsx", join(__dirname, "ender.ts")], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const lines: string[] = [];
    createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
    const [code] = await once(child, "close");
    const { path, pid } = JSON.parse(lines[0]!) as { path: string; pid: number };
    expect([code, runs(pid), existsSync(path)]).toEqual([3, false, false]);
    expect(lines.slice(1)).toEqual(["false", "before", "true", "after: true"]);
  });
});

describe("signalExitCode", () => {
  it("is a shell's exit code of a process that the signal has ended", () => {
    expect((["SIGHUP", "SIGINT", "SIGTERM"] as const).map(signalExitCode)).toEqual([129, 130, 143]);
  });
});
