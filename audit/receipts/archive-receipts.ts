import { placeOfKey } from "../../archive/archived-key";
import type { StoredObject } from "../../archive/bucket";
import { DamagedError, ObjectError, StoppedError } from "../../archive/outcome-errors";
import { inParallel } from "../../core/concurrency/in-parallel";
import { HOUR_MS } from "../../core/events/durations";
import { readReceipt } from "../../core/receipts/object-receipt";
import type { Receipt, ReceiptRow } from "../../core/receipts/receipt";
import { type ArchiveIo, listedObjects } from "../archived-events";
import type { AuditRange } from "../time-range";
import { addToSum, type ReceiptCell, ReceiptCells } from "./receipt-cells";

/** An object, and what its receipt counts of the unit. */
export interface ReceiptedObject {
  object: StoredObject;
  cells: ReceiptCell[];
}

/** What the receipts of a unit's objects say. */
export interface ArchiveReceipts {
  cells: ReceiptCells;
  objects: ReceiptedObject[];
  /** Objects that nothing is known of but by reading them. */
  others: StoredObject[];
}

/** Requests for receipts at a time: each is short, and waits for S3. */
const CONCURRENT_RECEIPTS = 32;

/**
 * Reads the receipts of all objects of archive/ that may hold events of a range.
 *
 * @throws StoppedError
 */
export async function archiveReceipts(range: AuditRange, io: ArchiveIo): Promise<ArchiveReceipts> {
  const receipts: ArchiveReceipts = { cells: new ReceiptCells(range), objects: [], others: [] };
  await inParallel(CONCURRENT_RECEIPTS, listedObjects("archive", range, io), async (object) => {
    const all = (await receiptOf(object, io))?.rows();
    const rows = all?.filter((row) => isOfRange(row, range)) ?? [];
    // Today an event that was joined to one of another hour may have a document of its own.
    const isCounted = all?.every(({ joined }) => joined === 0) && isOfSelection(rows, io);
    if (isCounted) receipts.objects.push({ object, cells: countedRows(rows, object, receipts, io) });
    else receipts.others.push(object);
  });
  return receipts;
}

/** @returns undefined where whoever reads the object finds out what is wrong with it */
async function receiptOf(object: StoredObject, { bucket, region }: ArchiveIo): Promise<Receipt | undefined> {
  try {
    placeOfKey(object.key, region);
    const metadata = await bucket.metadata(object);
    return await readReceipt(metadata, (count) => bucket.lastBytes(object, Math.min(count, object.bytes)));
  } catch (error) {
    if ([DamagedError, ObjectError, StoppedError].some((known) => error instanceof known)) return undefined;
    throw error;
  }
}

const isOfRange = ({ hour }: ReceiptRow, { fromMs, toMs }: AuditRange): boolean =>
  hour * HOUR_MS < toMs && (hour + 1) * HOUR_MS > fromMs;

/**
 * Whether a receipt counts by the log group that is selected. Events of another one in their documents may have come in an envelope of
 * the selected one: only its lines tell.
 */
function isOfSelection(rows: readonly ReceiptRow[], { args }: ArchiveIo): boolean {
  const { logGroup } = args.selection;
  return logGroup === undefined || rows.every((row) => row.logGroup === logGroup);
}

function countedRows(rows: readonly ReceiptRow[], { key }: StoredObject, { cells }: ArchiveReceipts, io: ArchiveIo) {
  const { account } = io.args.selection;
  const { stream } = placeOfKey(key, io.region);
  return rows
    .filter((row) => account === undefined || row.account === account)
    .map((row) => {
      const cell = cells.at(row.hour, row);
      cell.archived += row.events;
      addToSum(cell.expected, row);
      if (!areEventsKept(row, stream, io)) cell.isDoubtful = true;
      return cell;
    });
}

/** Whether every event had a document of its own when it was archived, and has one today. */
function areEventsKept({ logGroup, dropped, sampledOut }: ReceiptRow, stream: string | undefined, io: ArchiveIo) {
  if (dropped !== 0 || sampledOut !== 0) return false;
  try {
    return io.messages.keepsEvents(logGroup, stream);
  } catch (error) {
    // The envelope may be of another log group, which has settings.
    if (error instanceof StoppedError) return false;
    throw error;
  }
}

/** Yields the objects that have events of which receipts have not settled all. */
export function* unsettledObjects({ objects }: ArchiveReceipts): Generator<StoredObject> {
  for (const { object, cells } of objects) if (cells.some((cell) => !cell.isSettled)) yield object;
}
