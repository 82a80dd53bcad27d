/** How a case is measured, so that a small batch is measured often and a large one does not take minutes. */
export interface Plan {
  /** How often a batch is worked on in a round: a round of a few microseconds could not be measured. */
  times: number;
  /** Rounds that count. */
  count: number;
  warmUps: number;
}

/** What the core takes in one round at least, in CPU milliseconds. */
const ROUND_MS = 50;

/** @param coreMs what the core takes for the batch; `budgetMs`: what it may take in all rounds together */
export function planOf(coreMs: number, budgetMs: number): Plan {
  const times = Math.ceil(ROUND_MS / coreMs);
  const count = Math.floor(budgetMs / (coreMs * times));
  return { times, count: Math.min(15, Math.max(5, count)), warmUps: 1 };
}
