import { setTimeout as sleep } from "node:timers/promises";
import type { SearchLocation } from "../../local/delivery/search";

const POLL_MS = 2_000;

/** How long the number of documents stays the same until the soak gives up. */
const STALL_SECONDS = 120;

/** How long it stays the same until nothing more is expected: retries of a batch are up to ten seconds apart. */
const SETTLED_SECONDS = 25;

/** Waits until there are as many documents, and no more come. @returns false: they are too few */
export async function untilFound({ endpoint, indexPattern }: SearchLocation, least: number): Promise<boolean> {
  let last = { documents: -1, at: 0 };
  for (;;) {
    const documents = await countIn(`${endpoint}/${indexPattern}`);
    const seconds = (performance.now() - last.at) / 1000;
    if (documents > last.documents) last = { documents, at: performance.now() };
    else if (documents >= least && seconds > SETTLED_SECONDS) return true;
    else if (seconds > STALL_SECONDS) return false;
    await sleep(POLL_MS);
  }
}

/** @returns -1 while the engine cannot answer */
async function countIn(indices: string): Promise<number> {
  try {
    await fetch(`${indices}/_refresh`, { method: "POST" });
    const response = await fetch(`${indices}/_count`);
    const { count } = (await response.json()) as { count?: number };
    return count ?? -1;
  } catch {
    return -1;
  }
}
