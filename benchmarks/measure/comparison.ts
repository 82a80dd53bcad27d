import type { TableRow } from "../report/table";
import { median, quantile, type Rounds, ratio, ratios } from "./rounds";

/** CPU time of an old build, the same one again, and a new one. */
export type ComparedRounds = Rounds<"old" | "again" | "new">;

/**
 * Compares the new build with the old one, beside the old one with itself.
 *
 * `new/old` and `old/old` are medians of the ratios within each round; the middle half is that of `old/old`. The builds
 * differ when `new/old` is beyond it.
 */
export function comparedRow(rounds: ComparedRounds): TableRow {
  const newToOld = ratio(rounds, "new", "old");
  const same = ratios(rounds, "again", "old");
  const [low, high] = [quantile(same, 0.25), quantile(same, 0.75)];
  return {
    rounds: rounds.old.length,
    "old, ms CPU": median(rounds.old),
    "new, ms CPU": median(rounds.new),
    "new/old": newToOld.toFixed(3),
    "old/old": median(same).toFixed(3),
    "middle half": `${low.toFixed(3)}–${high.toFixed(3)}`,
    "new is": newToOld > high ? "slower" : newToOld < low ? "faster" : "the same",
  };
}
