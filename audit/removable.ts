import { inParallel } from "../core/concurrency/in-parallel";
import { ownedIndices } from "../core/indices/owned-indices";
import type { ReplayRecord } from "../replay/records";
import { CONCURRENT_OBJECTS, documentIdsIn, listedObjects, readObject, type UnreadObject } from "./archived-events";
import type { CompareIo, UnitComparison } from "./comparison";
import type { DocumentCopy } from "./engine/index-documents";
import type { AuditRange } from "./time-range";

/**
 * Returns the documents that may be removed. One that is extra may have an event all the same: outside of the audited times, because
 * somebody has changed its `@timestamp`; in an object of another log group; or in one that was archived since. So the archive is read
 * once more, for all times of the documents' indices and for all log groups. Nothing is removed if an object cannot be read.
 *
 * @throws StoppedError
 */
export async function removable({ io, unit, findings, toRemove }: UnitComparison): Promise<readonly DocumentCopy[]> {
  const extra = findings.named.filter(({ kind }) => kind === "extra");
  if (extra.length === 0) return toRemove;
  const ids = new Set(extra.map(({ id }) => id));
  const periods = ownedIndices(io.layouts, extra);
  const range = {
    fromMs: periods.reduce((first, { start }) => Math.min(first, start), unit.fromMs),
    toMs: periods.reduce((last, { end }) => Math.max(last, end), unit.toMs),
  };
  const unread = await visitEvents(range, io, (id) => ids.delete(id));
  if (unread.length > 0) return [];
  const kept = new Set(extra.filter(({ id }) => !ids.has(id)).map(({ index, id }) => `${index} ${id}`));
  return toRemove.filter(({ index, id }) => !kept.has(`${index} ${id}`));
}

/** Calls `visit` with the document's id of each event that may be of a range, of any log group. @returns the objects that cannot be read */
async function visitEvents(range: AuditRange, io: CompareIo, visit: (id: string) => void): Promise<UnreadObject[]> {
  const unread: UnreadObject[] = [];
  const all = { ...io, args: { ...io.args, selection: range } };
  const visitRecords = (records: readonly ReplayRecord[]) => {
    for (const record of records) for (const { id } of documentIdsIn(record)) visit(id);
  };
  await inParallel(CONCURRENT_OBJECTS, listedObjects("archive", range, all), (object) =>
    readObject("archive", object, visitRecords, all, unread),
  );
  return unread;
}
