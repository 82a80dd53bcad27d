import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { isUnhindered } from "../../soak/audit/waits";
import { soak } from "../../soak/run";
import { repositoryRoot } from "../../tools/repository";
import { runs } from "../tools/processes/runs";

/** The child processes of `pid`, and theirs. */
function descendants(pid: number): number[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const pairs = table.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const below = (parent: number): number[] =>
    pairs.filter(([, its]) => its === parent).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

describe("the soak", () => {
  it("delivers everything once, and reports faults and counts", async () => {
    const report = await soak(
      { seed: 1, durationMs: 12_000, heapMib: 96 },
      () => {},
      () => {},
    );

    expect(report).toMatchObject({ drained: true, verdict: { examples: [] } });
    for (const { put, found, duplicated, lost } of report.verdict.rows) {
      expect(put).toBeGreaterThan(0);
      expect({ found, duplicated, lost }).toEqual({ found: put, duplicated: 0, lost: 0 });
    }
    expect(report.searchCrashes).toEqual([]);
    expect(report.waits.map(({ hostile }) => hostile > 0)).toEqual([true, true, false]);
    expect(isUnhindered(report.waits)).toBe(true);
    expect(report.faults.entries().length).toBeGreaterThan(0);
    expect(report.invocations.of("success")).toBeGreaterThan(0);
  }, 300_000);

  it("leaves no process running when it is interrupted", async () => {
    const child = spawn(process.execPath, ["--import", "tsx", "soak/main.ts", "--seed", "1"], { cwd: repositoryRoot });
    for await (const line of createInterface({ input: child.stdout })) if (line.startsWith("Everything runs")) break;
    const processes = descendants(child.pid!);
    expect(processes.length).toBeGreaterThan(2);

    // Two signals, like those of a terminal and of npm.
    for (let i = 0; i < 2; i++) child.kill("SIGINT");
    const [code] = await once(child, "exit");

    expect(code).toBe(130);
    expect(processes.filter(runs)).toEqual([]);
  }, 300_000);
});
