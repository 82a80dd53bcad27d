import type { ArchivedEvents } from "./archived-events";
import type { EventLedger } from "./event-ledger";
import type { FoundEvents } from "./found-events";

/** Outcome of delivering a log group's events. */
export interface Delivery {
  readonly logGroup: string;
  readonly put: number;
  /** Distinct events found in the index. */
  readonly indexed: number;
  /** Distinct events found in the archive. */
  readonly archived: number;
  readonly archivedObjects: number;
  readonly archivedBytes: number;
  /** Additional copies of events, in the index and in the archive. */
  readonly duplicates: number;
  /** Events missing from the index or the archive. */
  readonly lost: number;
}

/** Compares the events put into a log group with those in the index and the archive. */
export function deliveryOf(
  logGroup: string,
  ledger: EventLedger,
  inIndex: FoundEvents,
  archive: Pick<ArchivedEvents, "found" | "sizeOf">,
): Delivery {
  const inArchive = archive.found;
  let [put, indexed, archived, both] = [0, 0, 0, 0];
  for (const call of ledger.calls) {
    if (call.logGroup !== logGroup) continue;
    put += call.count;
    for (let number = call.first; number < call.first + call.count; number++) {
      const isIndexed = inIndex.has(number);
      const isArchived = inArchive.has(number);
      if (isIndexed) indexed++;
      if (isArchived) archived++;
      if (isIndexed && isArchived) both++;
    }
  }
  const { objects, bytes } = archive.sizeOf(logGroup);
  return {
    logGroup,
    put,
    indexed,
    archived,
    archivedObjects: objects,
    archivedBytes: bytes,
    duplicates: inIndex.duplicatesOf(logGroup) + inArchive.duplicatesOf(logGroup),
    lost: put - both,
  };
}

/** Whether each event was found exactly once, in the index and in the archive. */
export function isComplete({ duplicates, lost }: Delivery): boolean {
  return duplicates === 0 && lost === 0;
}
