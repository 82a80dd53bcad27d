import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { endEverything, register } from "../../../tools/processes/reaper";
import { until } from "../../support/until";
import { runs } from "./runs";

async function startHolder() {
  const holder = spawn(process.execPath, ["--import", "tsx", join(__dirname, "holder.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface({ input: holder.stdout }), "line");
  const { path, pid } = JSON.parse(line) as { path: string; pid: number };
  return { holder, path, pid };
}

function childrenOf(parent: number, program: string): number[] {
  const lines = execFileSync("ps", ["-e", "-o", "ppid=,pid=,args="], { encoding: "utf8" }).split("\n");
  const processes = lines.map((line) => /^ *(\d+) +(\d+) (.*)$/.exec(line) ?? []);
  return processes.flatMap(([, ppid, pid, args = ""]) =>
    Number(ppid) === parent && args.includes(program) ? [Number(pid)] : [],
  );
}

describe("reaper", () => {
  it("leaves no process and no directory when it was awaited", async () => {
    const { holder, path, pid } = await startHolder();
    expect([runs(pid), existsSync(path)]).toEqual([true, true]);

    holder.kill("SIGINT");
    const [code] = await once(holder, "exit");

    expect(code).toBe(130);
    expect([runs(pid), existsSync(path)]).toEqual([false, false]);
  });

  it("is replaced by another one with the same registrations when it is killed", async () => {
    const { holder, path, pid } = await startHolder();
    const reapers = () => childrenOf(holder.pid!, "reaper-process");
    const [first] = reapers();
    process.kill(first!, "SIGKILL");
    while (reapers().includes(first!) || reapers().length === 0) await sleep(20);

    holder.kill("SIGINT");
    expect(await once(holder, "exit")).toEqual([130, null]);
    expect([runs(pid), existsSync(path)]).toEqual([false, false]);
  });

  it("deletes the other directories when one cannot be deleted, whatever their names hold", async () => {
    const [kept, other] = await Promise.all([
      mkdtemp(join(tmpdir(), "kept-")),
      mkdtemp(join(tmpdir(), "odd \n\u2028'-")),
    ]);
    // The kernel's files cannot be deleted.
    for (const path of ["/proc/self", kept, other]) register("directory", path);
    expect(await endEverything()).toBe(true);
    expect([existsSync(kept), existsSync(other)]).toEqual([false, false]);
  });

  it("ends the processes and deletes the directories of a process that was killed by SIGKILL", async () => {
    const { holder, path, pid } = await startHolder();

    holder.kill("SIGKILL");
    await once(holder, "exit");

    await until(() => !runs(pid) && !existsSync(path));
    expect([runs(pid), existsSync(path)]).toEqual([false, false]);
  });
});
