import { setTimeout as sleep } from "node:timers/promises";

/** Many times what a slow machine takes, and less than Jest's own limit: what a test then expects says what is missing. */
const PATIENCE_MS = 100_000;

/** Waits until the condition holds, or patience is at its end. */
export async function until(condition: () => boolean | Promise<boolean>, pollMs = 50): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await condition()) && performance.now() < end) await sleep(pollMs);
}
