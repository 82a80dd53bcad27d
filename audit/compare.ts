import type { StoredObject } from "../archive/bucket";
import { StoppedError } from "../archive/outcome-errors";
import { inParallel } from "../core/concurrency/in-parallel";
import { indexNameOf } from "../core/events/index-layout";
import type { ReplayRecord } from "../replay/records";
import {
  archivedEvents,
  CONCURRENT_OBJECTS,
  documentIdsIn,
  hourOf,
  indexedRecord,
  readObject,
  readObjects,
} from "./archived-events";
import { type CompareIo, UnitComparison } from "./comparison";
import { contentHash, documentIn, documentsBatch } from "./contents";
import type { IndexedDocument, RangeIndices } from "./engine/index-documents";
import { PageTooLargeError, UnseenError } from "./engine/unseen-error";
import { Flag } from "./id-table";
import type { Unit } from "./time-range";
import { type DoubtfulEvent, resolveDuplicates, resolveExtra, Verdicts } from "./verdicts";

/** Documents of the index that need a second look. */
export interface SecondLooks {
  /** In the index, and not in the archive. */
  extra: IndexedDocument[];
  /** Ids that more than one index has. */
  duplicates: string[];
}

/** Documents that the archive does not have, or that two indices have, which are looked at again. */
const MAX_SUSPECTS = 200_000;

/** How often an index is read before it counts as unseen. */
const MAX_SCANS = 4;

/**
 * Compares the archive and the index of a unit.
 *
 * @throws TooManyIdsError, and UnseenError when not all can be seen, StoppedError
 */
export async function compareUnit(unit: Unit, io: CompareIo): Promise<UnitComparison> {
  const comparison = new UnitComparison(unit, io);
  await readArchive(comparison);
  const indices = await io.index.indicesOf(rangeOf(comparison));
  if (indices.closed.length > 0) {
    throw new UnseenError(`${indices.closed.join(", ")} cannot be searched: closed. Open it, and audit again`);
  }
  const suspects = await readIndex(comparison, indices);
  await nameMissing(comparison);
  await resolveExtra(suspects.extra, comparison);
  await resolveDuplicates(suspects.duplicates, comparison);
  return comparison;
}

/** Enters the events of archive/ and rejected/ into the table. */
async function readArchive(comparison: UnitComparison): Promise<void> {
  const { io, unit, unread } = comparison;
  const numbers = new Map<string, number>();
  const numberOf = (object: StoredObject): number => {
    const known = numbers.get(object.key);
    if (known !== undefined) return known;
    const number = comparison.objects.push(object) - 1;
    numbers.set(object.key, number);
    return number;
  };
  const visit = (records: readonly ReplayRecord[], object: StoredObject) => {
    for (const record of records) enter(record, numberOf(object), comparison);
  };
  unread.push(...(await readObjects("archive", unit, visit, io)));
  const visitRejected = (records: readonly ReplayRecord[]) => {
    for (const record of records) enterRejected(record, comparison);
  };
  unread.push(...(await readObjects("rejected", unit, visitRejected, io)));
}

function enter(record: ReplayRecord, object: number, comparison: UnitComparison): void {
  const { table, hash, counts, io } = comparison;
  const ruled = indexedRecord(record, io.messages);
  const lines = io.args.isDeep ? documentsBatch(ruled, io.layouts).lines()[Symbol.iterator]() : undefined;
  for (const { id, envelope, event, isIndexed } of archivedEvents(record, ruled)) {
    const document: Buffer | undefined = isIndexed ? lines?.next().value?.buffer : undefined;
    if (!comparison.isWithin(event.timestamp) || !comparison.isOfPart(id)) continue;
    const slot = table.slot(hash.high, hash.low);
    // Objects may have a record twice, after a kill.
    if (table.flags[slot] !== Flag.Used || table.cells[slot] !== 0) continue;
    const number = counts.numberOf(hourOf(event.timestamp), envelope.logGroup);
    table.cells[slot] = number + 1;
    table.objects[slot] = object;
    if (isIndexed) {
      table.flags[slot]! |= Flag.Expected;
      counts.at(number).archived++;
    } else counts.at(number).leftOut++;
    if (document) table.contents[slot] = contentHash(documentIn(document), hash);
  }
}

function enterRejected(record: ReplayRecord, comparison: UnitComparison): void {
  const { table, hash, counts } = comparison;
  for (const { id, envelope, event } of documentIdsIn(record)) {
    if (!comparison.isWithin(event.timestamp) || !comparison.isOfPart(id)) continue;
    const slot = table.slot(hash.high, hash.low);
    table.cells[slot] ||= counts.numberOf(hourOf(event.timestamp), envelope.logGroup) + 1;
    table.flags[slot]! |= Flag.Rejected;
  }
}

export const rangeOf = ({ unit, io }: UnitComparison) => ({
  ...{ fromMs: unit.fromMs, toMs: unit.toMs },
  ...{ logGroup: io.args.selection.logGroup, account: io.args.selection.account },
  ...(io.args.accessLogs && { accessLogs: { bucket: io.args.bucket, prefix: io.args.accessLogs.prefix } }),
});

/** Marks in the table what the index has. An index that could not be read to its end is read again from the beginning. */
export async function readIndex(comparison: UnitComparison, indices: RangeIndices): Promise<SecondLooks> {
  let maxPage: number | undefined;
  for (let scans = 1; ; scans++) {
    comparison.table.clear(Flag.Seen | Flag.Differs);
    for (const { counts } of comparison.counts.hours) counts.indexed = 0;
    try {
      return await scanIndex(comparison, indices, maxPage);
    } catch (error) {
      if (error instanceof PageTooLargeError && maxPage !== 1) {
        maxPage = Math.ceil((maxPage ?? 400) / 8);
        scans = 0;
      } else if (!(error instanceof UnseenError) || scans >= MAX_SCANS) throw error;
    }
  }
}

async function scanIndex(comparison: UnitComparison, { open }: RangeIndices, maxPage?: number): Promise<SecondLooks> {
  const { io } = comparison;
  const suspects: SecondLooks = { extra: [], duplicates: [] };
  const range = rangeOf(comparison);
  for await (const page of io.index.scan(open, range, io.args.isDeep, maxPage)) {
    if (io.isInterrupted()) throw new StoppedError("The audit was interrupted.");
    for (const document of page) mark(document, comparison, suspects);
  }
  for (const document of await io.index.elsewhere(open, range)) mark(document, comparison, suspects);
  return suspects;
}

function mark({ index, id, source }: IndexedDocument, comparison: UnitComparison, suspects: SecondLooks): void {
  const { table, hash, counts } = comparison;
  if (!comparison.isOfPart(id)) return;
  const slot = table.find(hash.high, hash.low);
  if (suspects.extra.length + suspects.duplicates.length >= MAX_SUSPECTS) {
    throw new UnseenError(
      `more than ${MAX_SUSPECTS} documents have no event in the archive, or copies: audit a shorter range`,
    );
  }
  if (slot < 0) {
    suspects.extra.push({ index, id });
    return;
  }
  if (table.flags[slot]! & Flag.Seen) {
    suspects.duplicates.push(id);
    return;
  }
  table.flags[slot]! |= Flag.Seen;
  counts.at(table.cells[slot]! - 1).indexed++;
  const isCompared = source !== undefined && table.flags[slot]! & Flag.Expected;
  if (isCompared && contentHash(source, hash) !== table.contents[slot]) table.flags[slot]! |= Flag.Differs;
}

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
