import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stop } from "../../../local/commands/stop";

describe("stop", () => {
  it("sends SIGTERM and waits until the working directory is gone", async () => {
    const directory = await mkdtemp(join(tmpdir(), "stop-"));
    const child = spawn(process.execPath, [
      "-e",
      `process.on("SIGTERM", () => setTimeout(() => { fs.rmSync(${JSON.stringify(directory)}, { recursive: true }); process.exit(143); }, 200));
       setInterval(() => {}, 1000); console.log("ready");`,
    ]);
    await once(child.stdout, "data");
    const ended = once(child, "exit");
    await stop({ pid: child.pid!, directory });
    expect((await ended)[0]).toBe(143);
  });

  it("resolves at once when the process has ended and its directory is gone", async () => {
    const directory = await mkdtemp(join(tmpdir(), "stop-"));
    await rm(directory, { recursive: true });
    await expect(stop({ pid: 2 ** 30, directory })).resolves.toBeUndefined();
  });
});
