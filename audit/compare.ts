import type { StoredObject } from "../archive/bucket";
import { inParallel } from "../core/concurrency/in-parallel";
import { indexNameOf } from "../core/events/index-layout";
import type { ReplayRecord } from "../replay/records";
import { CONCURRENT_OBJECTS, documentIdsIn, indexedRecord, readObject } from "./archived-events";
import { type CompareIo, UnitComparison } from "./comparison";
import { documentsBatch } from "./contents";
import { Entries } from "./entries";
import { Flag } from "./id-table";
import { markIndexed, searchedIndices } from "./marks";
import { archiveReceipts, unsettledObjects } from "./receipts/archive-receipts";
import { scopeIn } from "./receipts/receipt-cells";
import { type OpenRange, settleHours } from "./receipts/settled-hours";
import type { Unit } from "./time-range";
import { type DoubtfulEvent, resolveDuplicates, resolveExtra, Verdicts } from "./verdicts";

/**
 * Compares the archive and the index of a unit.
 *
 * @throws TooManyIdsError, and UnseenError when not all can be seen, StoppedError
 */
export async function compareUnit(unit: Unit, io: CompareIo): Promise<UnitComparison> {
  const comparison = new UnitComparison(unit, io);
  const receipts = areReceiptsTaken(comparison) ? await archiveReceipts(unit, io) : undefined;
  const entries = new Entries(comparison, receipts);
  await entries.readArchive(receipts?.others);
  await entries.readRejected();
  const { open, elsewhere } = await searchedIndices(comparison);
  let ranges: OpenRange[] = [unit];
  if (receipts) {
    for (const { id } of elsewhere) receipts.cells.doubt(scopeIn(id));
    ranges = await settleHours(comparison, receipts, open);
    await entries.readArchive(unsettledObjects(receipts));
  }
  const suspects = await markIndexed(comparison, { open, elsewhere, ranges, cells: receipts?.cells });
  receipts?.cells.countSettled(comparison.counts);
  await nameMissing(comparison);
  await resolveExtra(suspects.extra, comparison);
  await resolveDuplicates(suspects.duplicates, comparison);
  return comparison;
}

/**
 * Whether receipts can stand for objects. They say nothing of contents, and cannot be divided into parts; and nothing is removed whose
 * event was not looked for in the objects themselves.
 */
const areReceiptsTaken = ({ unit, io: { args } }: UnitComparison): boolean =>
  unit.parts === 1 && !args.isDeep && !args.heal?.deletes;

/** Reads the objects again whose events were not found, or found altered, and looks for each by its id. */
async function nameMissing(comparison: UnitComparison): Promise<void> {
  const { table, objects, counts, io, unread } = comparison;
  const concerned = new Set<number>();
  for (let slot = 0; slot < table.capacity; slot++) {
    const flags = table.flags[slot]!;
    if (flags & Flag.Rejected && !(flags & Flag.Seen)) counts.at(table.cells[slot]! - 1).rejected++;
    if (isSuspect(flags)) concerned.add(table.objects[slot]!);
  }
  await inParallel(CONCURRENT_OBJECTS, concerned, async (number) => {
    const verdicts = new Verdicts(comparison);
    const visit = async (records: readonly ReplayRecord[], { key }: StoredObject) => {
      for (const record of records) {
        for (const suspect of suspectsIn(record, number, key, comparison)) await verdicts.add(suspect);
      }
    };
    await readObject("archive", objects[number]!, visit, io, unread);
    await verdicts.end();
  });
}

function* suspectsIn(
  record: ReplayRecord,
  object: number,
  key: string,
  comparison: UnitComparison,
): Generator<DoubtfulEvent> {
  const { table, io } = comparison;
  const ruled = indexedRecord(record, io.messages);
  const batch = io.args.isDeep ? documentsBatch(ruled, io.layouts) : undefined;
  const lines = batch?.lines()[Symbol.iterator]();
  let position = 0;
  for (const { id, envelope, event } of documentIdsIn(ruled)) {
    const document: Buffer | undefined = lines?.next().value?.buffer;
    const place = position++;
    const slot = comparison.isWithin(event.timestamp) ? comparison.find(id) : -1;
    if (slot < 0 || table.objects[slot] !== object || !isSuspect(table.flags[slot]!)) continue;
    const isMissing = !(table.flags[slot]! & Flag.Seen);
    // Named once, however often the object has it.
    table.flags[slot]! |= Flag.Seen;
    table.flags[slot]! &= ~Flag.Differs;
    yield {
      ...{ id, index: indexNameOf(io.layouts, envelope.logGroup, event.timestamp), cell: table.cells[slot]! - 1, key },
      ...{ timeMs: event.timestamp, logGroup: envelope.logGroup, isMissing },
      ...(batch && document && { contents: { batch, lines: document, position: place } }),
    };
  }
}

/** Whether a document should be in the index, and was not found as it should be. */
export function isSuspect(flags: number): boolean {
  if (!(flags & Flag.Expected)) return false;
  return flags & Flag.Seen ? (flags & Flag.Differs) !== 0 : (flags & Flag.Rejected) === 0;
}
