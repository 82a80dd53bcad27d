import { processCpuMs } from "./rounds";

/** How long a process works before anything is measured, in CPU milliseconds; and how often at least. */
const WARM_MS = 500;
const WARM_PASSES = 5;

/**
 * Works until the compiler has seen enough of it; returns what it took each time, in CPU milliseconds.
 *
 * @param cpuMs told the time at hand
 */
export async function warm(work: () => unknown, cpuMs: () => number = processCpuMs): Promise<number> {
  const start = cpuMs();
  for (let passes = 1; ; passes++) {
    await work();
    const ms = cpuMs() - start;
    if (ms >= WARM_MS && passes >= WARM_PASSES) return ms / passes;
  }
}
