import { readdir, readFile, readlink } from "node:fs/promises";
import { run } from "./process";

/** Finds the process that listens on a TCP port, such as `java (process 4711)`; undefined if this user cannot find out. */
export async function listenerOn(port: number): Promise<string | undefined> {
  const find = process.platform === "linux" ? findByProc : findByLsof;
  return find(port).catch(() => undefined);
}

/** Source: proc_pid_net(5): the second field is the address in hexadecimal, the fourth the state, the tenth the inode. */
async function findByProc(port: number): Promise<string | undefined> {
  const LISTEN = "0A";
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const tables = await Promise.all(
    ["tcp", "tcp6"].map((name) => readFile(`/proc/net/${name}`, "utf8").catch(() => "")),
  );
  const sockets = new Set(
    tables
      .flatMap((table) => table.split("\n").map((line) => line.trim().split(/\s+/)))
      .filter((fields) => fields[1]?.endsWith(suffix) && fields[3] === LISTEN)
      .map((fields) => `socket:[${fields[9]}]`),
  );
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    for (const descriptor of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      if (sockets.has(await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => ""))) {
        return `${(await readFile(`/proc/${pid}/comm`, "utf8")).trim()} (process ${pid})`;
      }
    }
  }
  return undefined;
}

async function findByLsof(port: number): Promise<string | undefined> {
  const output = await run("lsof", ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-Fpc"], {
    env: process.env,
    timeoutSeconds: 5,
  });
  const [, pid, command] = /^p(\d+)\nc(.+)$/m.exec(output) ?? [];
  return pid && `${command} (process ${pid})`;
}
