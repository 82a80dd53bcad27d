import type { PageLane } from "../../shared/page-state";

/** With more lanes, each is shown in a line that opens, and a filter finds them. */
export const MAX_OPEN_LANES = 6;

/** Returns the lanes of which any name has all words, in upper or lower case. */
export function filteredLanes(lanes: readonly PageLane[], text: string): PageLane[] {
  const words = text.toLowerCase().split(/\s+/);
  return lanes.filter(({ title, kind, sources, stream }) => {
    const names = [title, kind, stream.name, ...sources.map(({ name }) => name)].join("\n").toLowerCase();
    return words.every((word) => names.includes(word));
  });
}
