import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { runs } from "./runs";

async function startHolder() {
  const holder = spawn(process.execPath, ["--import", "tsx", join(__dirname, "holder.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface({ input: holder.stdout }), "line");
  const { path, pid } = JSON.parse(line) as { path: string; pid: number };
  return { holder, path, pid };
}

describe("reaper", () => {
  it("leaves no process and no directory when it was waited for", async () => {
    const { holder, path, pid } = await startHolder();
    expect([runs(pid), existsSync(path)]).toEqual([true, true]);

    holder.kill("SIGINT");
    const [code] = await once(holder, "exit");

    expect(code).toBe(130);
    expect([runs(pid), existsSync(path)]).toEqual([false, false]);
  });

  it("ends the processes and deletes the directories of a process that was killed by SIGKILL", async () => {
    const { holder, path, pid } = await startHolder();

    holder.kill("SIGKILL");
    await once(holder, "exit");

    for (const deadline = Date.now() + 15_000; Date.now() < deadline && (runs(pid) || existsSync(path)); ) {
      await sleep(20);
    }
    expect([runs(pid), existsSync(path)]).toEqual([false, false]);
  });
});
