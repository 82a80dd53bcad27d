import { readFileSync } from "node:fs";

/**
 * Peak memory of this process so far, in MiB. Linux tells it in /proc: `maxRSS` of a process that was just started is
 * its parent's.
 *
 * Source: proc(5), `VmHWM`; getrusage(2), `ru_maxrss`.
 */
export function peakMib(): number {
  return (highWaterKib(processStatus()) ?? process.resourceUsage().maxRSS) / 1024;
}

/** The high-water mark in the text of /proc/self/status; undefined when the text lacks it. */
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
