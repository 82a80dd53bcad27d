import { StoppedError } from "../../archive/outcome-errors";
import { eventIdOf } from "../../core/events/document-id";
import { HOUR_MS } from "../../core/events/durations";
import { isEventId } from "../../core/events/limits";
import { idHash } from "../../core/receipts/id-hash";
import { selectedRange, type UnitComparison } from "../comparison";
import type { IndexedDocument } from "../engine/index-documents";
import { readWhole } from "../engine/read-whole";
import { Flag } from "../id-table";
import type { AuditRange } from "../time-range";
import type { ArchiveReceipts } from "./archive-receipts";
import { addToSum, areEqualSums, type EventSum, noEventSum, scopeIn } from "./receipt-cells";

/** What is left to be compared event by event. */
export interface OpenRange extends AuditRange {
  /** Since the epoch, if receipts have settled a part of it. */
  hour?: number;
}

/** The documents of one scope in an hour. */
interface IndexSum extends EventSum {
  index: string;
  /** Whether their ids may be in it twice, or are none of the forwarder's: nothing is concluded from the sum. */
  isDoubtful: boolean;
}

/**
 * Compares what receipts say of each hour with the ids in the index, and marks in the receipts' cells what agrees.
 *
 * @param open the indices to search
 * @returns what does not agree, or has no receipts
 * @throws as `IndexDocuments`
 */
export async function settleHours(
  comparison: UnitComparison,
  receipts: ArchiveReceipts,
  open: readonly string[],
): Promise<OpenRange[]> {
  const left: OpenRange[] = [];
  for (const range of hoursOf(comparison.unit)) {
    if (await isSettled(range, comparison, receipts, open)) continue;
    const { hour, ...times } = range;
    const isPartly = [...receipts.cells.of(hour).values()].some((cell) => cell.isSettled);
    const last = left.at(-1);
    if (!isPartly && last && last.hour === undefined && last.toMs === range.fromMs) last.toMs = range.toMs;
    else left.push({ ...times, ...(isPartly && { hour }) });
  }
  return left;
}

function* hoursOf({ fromMs, toMs }: AuditRange): Generator<Required<OpenRange>> {
  for (let hour = Math.floor(fromMs / HOUR_MS); hour * HOUR_MS < toMs; hour++) {
    yield { hour, fromMs: Math.max(fromMs, hour * HOUR_MS), toMs: Math.min(toMs, (hour + 1) * HOUR_MS) };
  }
}

/** @returns whether all of the hour agrees */
async function isSettled(
  range: Required<OpenRange>,
  comparison: UnitComparison,
  { cells }: ArchiveReceipts,
  open: readonly string[],
): Promise<boolean> {
  const ofHour = cells.of(range.hour);
  if ([...ofHour.values()].every((cell) => cell.isDoubtful)) return false;
  const sums = await readWhole((maxPage) => sumsOf(range, comparison, open, maxPage));
  for (const [scope, cell] of ofHour) {
    const sum = sums.get(scope);
    const isEqual = areEqualSums(sum ?? noEventSum(), cell.expected);
    cell.isSettled = isEqual && !cell.isDoubtful && !sum?.isDoubtful;
  }
  return [...ofHour.values()].every((cell) => cell.isSettled) && [...sums.keys()].every((scope) => ofHour.has(scope));
}

/** Adds up the documents of an hour by their scopes. */
async function sumsOf(
  range: AuditRange,
  comparison: UnitComparison,
  open: readonly string[],
  maxPage?: number,
): Promise<Map<string, IndexSum>> {
  const { io } = comparison;
  const sums = new Map<string, IndexSum>();
  for await (const page of io.index.scan(open, { ...selectedRange(comparison), ...range }, false, maxPage)) {
    if (io.isInterrupted()) throw new StoppedError("The audit was interrupted.");
    for (const document of page) addDocument(document, comparison, sums);
  }
  return sums;
}

function addDocument({ index, id }: IndexedDocument, comparison: UnitComparison, sums: Map<string, IndexSum>): void {
  const scope = scopeIn(id);
  const sum = sums.get(scope) ?? { ...noEventSum(), index, isDoubtful: false };
  sums.set(scope, sum);
  const eventId = eventIdOf(id);
  if (!isEventId(eventId)) {
    sum.isDoubtful = true;
    return;
  }
  addToSum(sum, { events: 1, fingerprint: idHash(eventId) });
  // An index has an id once.
  if (sum.index !== index) sum.isDoubtful = true;
  const slot = comparison.find(id);
  if (slot >= 0 && comparison.table.flags[slot]! & Flag.Rejected) sum.isDoubtful = true;
}
