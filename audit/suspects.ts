import type { UnitComparison } from "./comparison";
import { Flag } from "./id-table";

/** Counts what is rejected. @returns the numbers of the objects with an event that was not found, or found altered */
export function suspectObjects({ table, counts }: UnitComparison): Set<number> {
  const objects = new Set<number>();
  for (let slot = 0; slot < table.capacity; slot++) {
    const flags = table.flags[slot]!;
    if (flags & Flag.Rejected && !(flags & Flag.Seen)) counts.at(table.cells[slot]! - 1).rejected++;
    if (isSuspect(flags)) objects.add(table.objects[slot]!);
  }
  return objects;
}

/** What the table has of an event that was not found as it should be. */
export interface SuspectEvent {
  /** In the counts. */
  readonly cell: number;
  /** It was not found at all. */
  readonly isMissing: boolean;
}

/** Takes an event of an object if it is suspect: each is named once, however often the object has it. */
export function takeSuspect(
  { id, timeMs }: { readonly id: string; readonly timeMs: number },
  object: number,
  comparison: UnitComparison,
): SuspectEvent | undefined {
  const { table } = comparison;
  const slot = comparison.isWithin(timeMs) ? comparison.find(id) : -1;
  if (slot < 0 || table.objects[slot] !== object || !isSuspect(table.flags[slot]!)) return undefined;
  const isMissing = !(table.flags[slot]! & Flag.Seen);
  table.flags[slot]! |= Flag.Seen;
  table.flags[slot]! &= ~Flag.Differs;
  return { cell: table.cells[slot]! - 1, isMissing };
}

/** Whether a document should be in the index, and was not found as it should be. */
function isSuspect(flags: number): boolean {
  if (!(flags & Flag.Expected)) return false;
  return flags & Flag.Seen ? (flags & Flag.Differs) !== 0 : (flags & Flag.Rejected) === 0;
}
