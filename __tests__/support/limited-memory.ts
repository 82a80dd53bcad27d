import { chmodSync, existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { heapFlags } from "../../benchmarks/measure/lambda";
import { highWaterKib } from "../../benchmarks/measure/peak-memory";

/** A control group that limits the memory of the processes in it. */
interface MemoryGroup {
  readonly folder: string;
  /** The file that has its limit, in bytes. */
  readonly limit: string;
}

const GROUPS = "/sys/fs/cgroup";

/** Whether this process may create control groups that limit memory. */
export function canLimitMemory(): boolean {
  const group = createGroup("probe");
  if (group) rmdirSync(group.folder);
  return group !== undefined;
}

/** Version 1 of control groups, or version 2 with the memory controller; undefined where this process may create none. */
function createGroup(label: string): MemoryGroup | undefined {
  const name = `logging-pipeline-${label}-${process.pid}`;
  const versions = [
    { folder: join(GROUPS, "memory", name), limit: "memory.limit_in_bytes" },
    { folder: join(GROUPS, name), limit: "memory.max" },
  ];
  return versions.find(({ folder, limit }) => {
    try {
      mkdirSync(folder);
    } catch {
      return false;
    }
    if (existsSync(join(folder, limit))) return true;
    rmdirSync(folder);
    return false;
  });
}

/**
 * A Node.js that runs with as much memory as a Lambda function has. Where `canLimitMemory`, the operating system ends what takes
 * more; elsewhere `peakMib` alone shows it.
 */
export class LimitedMemory {
  /** The program to start in place of Node.js. */
  readonly nodePath: string;
  readonly #group: MemoryGroup | undefined;
  readonly #pidFile: string;

  /** @param directory for its files */
  constructor(directory: string, memoryMib: number) {
    this.#group = createGroup("function");
    this.#pidFile = join(directory, "pid");
    this.nodePath = join(directory, "node.sh");
    const enter = this.#group ? `echo $$ > '${join(this.#group.folder, "cgroup.procs")}'` : ":";
    if (this.#group) writeFileSync(join(this.#group.folder, this.#group.limit), String(memoryMib * 1024 ** 2));
    // Of flags that are given twice, Node.js takes the last.
    const node = `'${process.execPath}' "$1" ${heapFlags(memoryMib).join(" ")} "$2"`;
    writeFileSync(this.nodePath, `#!/bin/sh\n${enter}\necho $$ > '${this.#pidFile}'\nexec ${node}\n`);
    chmodSync(this.nodePath, 0o755);
  }

  /** Forgets the peak of the process that runs. Source: proc(5), `/proc/pid/clear_refs`. */
  forgetPeak(): void {
    try {
      writeFileSync(`/proc/${readFileSync(this.#pidFile, "utf8").trim()}/clear_refs`, "5");
    } catch {
      // No process yet, or none any more.
    }
  }

  /** Peak memory of the process that was started last, so far; undefined where the operating system does not tell it. */
  peakMib(): number | undefined {
    const status = `/proc/${readFileSync(this.#pidFile, "utf8").trim()}/status`;
    const kib = existsSync(status) ? highWaterKib(readFileSync(status, "utf8")) : undefined;
    return kib === undefined ? undefined : kib / 1024;
  }

  /** Call it when the processes have ended. */
  async remove(): Promise<void> {
    for (let tries = 50; this.#group && tries > 0; tries--) {
      try {
        rmdirSync(this.#group.folder);
        return;
      } catch {
        // The kernel removes a process from its group some time after its end.
        await sleep(100);
      }
    }
  }
}
