import type { PutEvent } from "../log-events/put";
import type { ArchivedObject } from "./archive";
import type { FoundDocument } from "./search";

/** What became of a log group's events. */
export interface Delivery {
  readonly logGroup: string;
  readonly put: number;
  /** Distinct events found in the index, and in the archive. */
  readonly indexed: number;
  readonly archived: number;
  readonly archivedObjects: number;
  readonly archivedBytes: number;
  /** Further copies of events, in the index and in the archive. */
  readonly duplicates: number;
  /** Events that the index or the archive lacks. */
  readonly lost: number;
}

/** Compares what was put into a log group with what is in the index and in the archive. */
export function deliveryOf(
  logGroup: string,
  put: readonly PutEvent[],
  documents: readonly FoundDocument[],
  archive: readonly ArchivedObject[],
): Delivery {
  const ids = new Set(put.map(({ id }) => id));
  const objects = archive.filter(({ envelopes }) => envelopes.some((envelope) => envelope.logGroup === logGroup));
  const inIndex = documents.map(({ _id }) => _id).filter((id) => ids.has(id));
  const inArchive = objects
    .flatMap(({ envelopes }) => envelopes)
    .flatMap(({ logEvents }) => logEvents.map(({ id }) => id))
    .filter((id) => ids.has(id));
  const indexed = new Set(inIndex);
  const archived = new Set(inArchive);
  return {
    logGroup,
    put: put.length,
    indexed: indexed.size,
    archived: archived.size,
    archivedObjects: objects.length,
    archivedBytes: objects.reduce((sum, { bytes }) => sum + bytes, 0),
    duplicates: inIndex.length - indexed.size + inArchive.length - archived.size,
    lost: [...ids].filter((id) => !indexed.has(id) || !archived.has(id)).length,
  };
}

/** Whether each event was found once, in the index and in the archive. */
export function isComplete({ duplicates, lost }: Delivery): boolean {
  return duplicates === 0 && lost === 0;
}
