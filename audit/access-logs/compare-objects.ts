import type { StoredObject } from "../../archive/bucket";
import { listFailure } from "../../archive/bucket-errors";
import { ObjectError, StoppedError } from "../../archive/outcome-errors";
import { inParallel } from "../../core/concurrency/in-parallel";
import { HOUR_MS } from "../../core/events/durations";
import { SourceObjectError } from "../../core/sources/s3/object-error";
import { KIND_READERS } from "../../replay/kinds";
import { CONCURRENT_OBJECTS, hourOf } from "../archived-events";
import { replayArguments } from "../arguments/replay-arguments";
import { type CompareIo, UnitComparison } from "../comparison";
import { contentHash, documentIn } from "../contents";
import { Flag } from "../id-table";
import { markIndexed, searchedIndices } from "../marks";
import { suspectObjects, takeSuspect } from "../suspects";
import type { Unit } from "../time-range";
import { type DoubtfulEvent, resolveDuplicates, Verdicts } from "../verdicts";
import { resolveExtraLines } from "./extra-lines";
import { type AccessLogsObject, indexGroup, type ObjectLineDocument, openObject } from "./object-lines";
import { quarantineName, readRejectedLines, type UnreadableObjects } from "./object-quarantine";
import type { ObjectsIo } from "./objects-io";

export interface CompareObjectsIo extends ObjectsIo {
  unreadable: UnreadableObjects;
}

/** The lines of a chunk: to be looked at before anything is awaited. */
type VisitLines = (lines: Iterable<ObjectLineDocument>, object: AccessLogsObject) => void | Promise<void>;

/**
 * Compares the objects of access logs and the index of a unit.
 *
 * @throws TooManyIdsError, and UnseenError when not all can be seen, StoppedError
 */
export async function compareObjects(unit: Unit, io: CompareIo, objects: CompareObjectsIo): Promise<UnitComparison> {
  const comparison = new UnitComparison(unit, io);
  const names = await enterObjects(comparison, objects);
  const indices = await searchedIndices(comparison);
  const suspects = await markIndexed(comparison, { ...indices, ranges: [unit] });
  await nameMissingLines(comparison, objects);
  await resolveExtraLines(suspects.extra, names, comparison, objects);
  await resolveDuplicates(suspects.duplicates, comparison);
  return comparison;
}

/** Enters the lines of all objects of the unit, and what is rejected of them. @returns the objects' names in the quarantine */
async function enterObjects(comparison: UnitComparison, io: CompareObjectsIo): Promise<Set<string>> {
  const names = new Set<string>();
  const writtenHours = new Set<number>();
  await inParallel(CONCURRENT_OBJECTS, listed(comparison, io), async (stored) => {
    let number: number | undefined;
    await readLines(stored, comparison, io, (lines, { object, lastModified }) => {
      number ??= comparison.objects.push(stored) - 1;
      names.add(quarantineName(object));
      writtenHours.add(Math.floor(lastModified / HOUR_MS));
      for (const line of lines) enter(line, number, comparison);
    });
  });
  const rejected = (id: string) => {
    const slot = comparison.find(id);
    if (slot >= 0) comparison.table.flags[slot]! |= Flag.Rejected;
  };
  comparison.unread.push(...(await readRejectedLines(writtenHours, (name) => names.has(name), rejected, io)));
  return names;
}

async function* listed({ unit, io: { args, isInterrupted } }: UnitComparison, { bucket }: ObjectsIo) {
  const reader = KIND_READERS.backfill;
  const selecting = replayArguments(args, "backfill", unit);
  try {
    for (const prefix of await reader.prefixes(bucket, selecting)) {
      for await (const object of bucket.list(prefix)) {
        if (isInterrupted()) throw new StoppedError("The audit was interrupted.");
        if (reader.isSelected?.(object, selecting) !== false) yield object;
      }
    }
  } catch (error) {
    if (error instanceof StoppedError) throw error;
    throw new StoppedError(listFailure(error, bucket.name));
  }
}

/** Reads an object. Adds it to the unread ones if that does not succeed, unless the quarantine has it: the function cannot read it, either. */
async function readLines(
  stored: StoredObject,
  { unread }: UnitComparison,
  io: CompareObjectsIo,
  visit: VisitLines,
): Promise<void> {
  let opened: AccessLogsObject | undefined;
  try {
    opened = await openObject(stored, io);
    if (!opened) return;
    for await (const lines of opened.chunks) await visit(lines, opened);
  } catch (error) {
    const isContent = error instanceof SourceObjectError;
    if (!isContent && !(error instanceof ObjectError)) throw error;
    if (isContent && opened && (await io.unreadable.has(quarantineName(opened.object)))) return;
    unread.push({ key: stored.key, reason: isContent ? error.reason : error.message });
  }
}

function enter({ kind, id, index, timeMs, lines }: ObjectLineDocument, object: number, comparison: UnitComparison) {
  const { table, hash, counts, io } = comparison;
  if (!comparison.isWithin(timeMs) || !comparison.isOfPart(id)) return;
  const slot = table.slot(hash.high, hash.low);
  if (table.flags[slot] !== Flag.Used || table.cells[slot] !== 0) return;
  const number = counts.numberOf(hourOf(timeMs), indexGroup(io.layouts, index, timeMs));
  table.cells[slot] = number + 1;
  table.objects[slot] = object;
  if (kind === "left out") counts.at(number).leftOut++;
  if (kind !== "indexed") return;
  table.flags[slot]! |= Flag.Expected;
  counts.at(number).archived++;
  if (io.args.isDeep) table.contents[slot] = contentHash(documentIn(lines), hash);
}

/** Reads the objects again of which lines were not found, or found altered, and looks for each by its id. */
async function nameMissingLines(comparison: UnitComparison, io: CompareObjectsIo): Promise<void> {
  const { objects } = comparison;
  await inParallel(CONCURRENT_OBJECTS, suspectObjects(comparison), async (number) => {
    const verdicts = new Verdicts(comparison);
    const stored = objects[number]!;
    await readLines(stored, comparison, io, async (lines) => {
      for (const suspect of [...suspectsIn(lines, number, stored.key, comparison)]) await verdicts.add(suspect);
      // What is to be compared keeps its whole chunk in memory.
      if (comparison.io.args.isDeep) await verdicts.end();
    });
    await verdicts.end();
  });
}

function* suspectsIn(
  lines: Iterable<ObjectLineDocument>,
  object: number,
  key: string,
  comparison: UnitComparison,
): Generator<DoubtfulEvent> {
  const { io } = comparison;
  for (const { id, index, timeMs, lines: document, batch, position } of lines) {
    const suspect = takeSuspect({ id, timeMs }, object, comparison);
    if (!suspect) continue;
    yield {
      ...{ id, index, timeMs, key, ...suspect },
      logGroup: indexGroup(io.layouts, index, timeMs),
      ...(io.args.isDeep && { contents: { batch, lines: Buffer.from(document), position } }),
    };
  }
}
