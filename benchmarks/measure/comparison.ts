import type { TableRow } from "../report/table";
import { median, quantile, type Rounds, ratio, ratios } from "./rounds";

/** CPU time of an old build, the same one again, and a new one. */
export type ComparedRounds = Rounds<"old" | "again" | "new">;

/**
 * Compares the new build with the old one, beside the old one with itself.
 *
 * `new/old` and `old/old` are medians of the ratios within each round; the middle half is that of `old/old`. A difference
 * counts when `new/old` is beyond the middle half and on its side of 1: few or disturbed rounds move the middle half, too.
 *
 * @param events in a pass, for the time that the new build takes for each. @default it has no such column
 */
export function comparedRow(rounds: ComparedRounds, events?: number): TableRow {
  const newToOld = ratio(rounds, "new", "old");
  const same = ratios(rounds, "again", "old");
  const [low, high] = [quantile(same, 0.25), quantile(same, 0.75)];
  return {
    rounds: rounds.old.length,
    "old, ms CPU": median(rounds.old),
    "new, ms CPU": median(rounds.new),
    ...(events && { "new, µs/event": (1_000 * median(rounds.new)) / events }),
    "new/old": newToOld.toFixed(3),
    "old/old": median(same).toFixed(3),
    "middle half": `${low.toFixed(3)}–${high.toFixed(3)}`,
    "new is": verdict(newToOld, low, high),
  };
}

function verdict(newToOld: number, low: number, high: number): "slower" | "faster" | "the same" {
  if (newToOld > Math.max(1, high)) return "slower";
  return newToOld < Math.min(1, low) ? "faster" : "the same";
}
