import { readFileSync } from "node:fs";

/**
 * The most memory that this process has had so far, in MiB. Where there is /proc, it is read there: a process that was
 * just started inherits `maxRSS` of its parent.
 *
 * Source: proc(5), `VmHWM`; getrusage(2), `ru_maxrss`.
 */
export function peakMib(): number {
  return (highWaterKib(processStatus()) ?? process.resourceUsage().maxRSS) / 1024;
}

/** What /proc/self/status says; undefined where there is none, or where it does not tell. */
export function highWaterKib(status: string): number | undefined {
  const kib = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kib === undefined ? undefined : Number(kib);
}

function processStatus(): string {
  try {
    return readFileSync("/proc/self/status", "utf8");
  } catch {
    return "";
  }
}
