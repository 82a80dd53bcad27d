import { MAX_REASONS, type PutReason } from "../shared/put";

/** Returns the most frequent reasons, and how many lines each has. @param reasons one for each line */
export function countReasons(reasons: Iterable<string>): PutReason[] {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const all = [...counts].map(([reason, lines]) => ({ reason, lines }));
  return all.sort((a, b) => b.lines - a.lines).slice(0, MAX_REASONS);
}
