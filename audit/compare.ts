import type { StoredObject } from "../archive/bucket";
import { inParallel } from "../core/concurrency/in-parallel";
import { indexNameOf } from "../core/events/index-layout";
import type { ReplayRecord } from "../replay/records";
import { CONCURRENT_OBJECTS, documentIdsIn, indexedRecord, readObject } from "./archived-events";
import { type CompareIo, UnitComparison } from "./comparison";
import { documentsBatch } from "./contents";
import { Entries } from "./entries";
import { markIndexed, searchedIndices } from "./marks";
import { archiveReceipts, unsettledObjects } from "./receipts/archive-receipts";
import { scopeIn } from "./receipts/receipt-cells";
import { type OpenRange, settleHours } from "./receipts/settled-hours";
import { suspectObjects, takeSuspect } from "./suspects";
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
  const { objects, io, unread } = comparison;
  await inParallel(CONCURRENT_OBJECTS, suspectObjects(comparison), async (number) => {
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
  const { io } = comparison;
  const ruled = indexedRecord(record, io.messages);
  const batch = io.args.isDeep ? documentsBatch(ruled, io.layouts) : undefined;
  const lines = batch?.lines()[Symbol.iterator]();
  let position = 0;
  for (const { id, envelope, event } of documentIdsIn(ruled)) {
    const document: Buffer | undefined = lines?.next().value?.buffer;
    const place = position++;
    const suspect = takeSuspect({ id, timeMs: event.timestamp }, object, comparison);
    if (!suspect) continue;
    yield {
      ...{ id, index: indexNameOf(io.layouts, envelope.logGroup, event.timestamp), key },
      ...{ timeMs: event.timestamp, logGroup: envelope.logGroup, ...suspect },
      ...(batch && document && { contents: { batch, lines: document, position: place } }),
    };
  }
}
