import type { StoredObject } from "../archive/bucket";
import { inParallel } from "../core/concurrency/in-parallel";
import { HOUR_MS } from "../core/events/durations";
import type { Envelope, LogEvent } from "../core/events/envelope";
import { idHash } from "../core/receipts/id-hash";
import { receiptPlace } from "../core/receipts/receipt-place";
import type { ReplayRecord } from "../replay/records";
import {
  archivedEvents,
  CONCURRENT_OBJECTS,
  documentIdsIn,
  hourOf,
  indexedRecord,
  listedObjects,
  readObject,
} from "./archived-events";
import type { UnitComparison } from "./comparison";
import { contentHash, documentIn, documentsBatch } from "./contents";
import { Flag } from "./id-table";
import type { ArchiveReceipts } from "./receipts/archive-receipts";
import { type ReceiptCell, subtractFromSum } from "./receipts/receipt-cells";

/** Enters events into the table of a comparison. */
export class Entries {
  private readonly numbers = new Map<string, number>();

  /** @param receipts of which nothing is entered that is settled. @default all is entered */
  constructor(
    private readonly comparison: UnitComparison,
    private readonly receipts?: ArchiveReceipts,
  ) {}

  /** Enters the events of all objects of archive/, or of those of `objects`. */
  async readArchive(
    objects: Iterable<StoredObject> | AsyncIterable<StoredObject> = this.listed("archive"),
  ): Promise<void> {
    await this.read("archive", objects, (record, object) => this.enter(record, object));
  }

  async readRejected(): Promise<void> {
    await this.read("rejected", this.listed("rejected"), (record) => this.enterRejected(record));
  }

  private listed(kind: "archive" | "rejected"): AsyncGenerator<StoredObject> {
    return listedObjects(kind, this.comparison.unit, this.comparison.io);
  }

  private async read(
    kind: "archive" | "rejected",
    objects: Iterable<StoredObject> | AsyncIterable<StoredObject>,
    enter: (record: ReplayRecord, object: StoredObject) => void,
  ): Promise<void> {
    const { io, unread } = this.comparison;
    const visit = (records: readonly ReplayRecord[], object: StoredObject) => {
      for (const record of records) enter(record, object);
    };
    await inParallel(CONCURRENT_OBJECTS, objects, (object) => readObject(kind, object, visit, io, unread));
  }

  private enter(record: ReplayRecord, object: StoredObject): void {
    const { comparison } = this;
    const { table, hash, counts, io } = comparison;
    const ruled = indexedRecord(record, io.messages);
    const lines = io.args.isDeep ? documentsBatch(ruled, io.layouts).lines()[Symbol.iterator]() : undefined;
    for (const { id, envelope, event, isIndexed } of archivedEvents(record, ruled)) {
      const document: Buffer | undefined = isIndexed ? lines?.next().value?.buffer : undefined;
      if (!comparison.isWithin(event.timestamp) || this.isSettled(envelope, event) || !comparison.isOfPart(id))
        continue;
      const slot = table.slot(hash.high, hash.low);
      if (table.flags[slot]! & Flag.Archived) {
        // Objects may have a record twice, after a kill; and an application may put other lines under one id.
        if (document) comparison.enterContent(id, slot, contentHash(documentIn(document), hash));
        continue;
      }
      const number = counts.numberOf(hourOf(event.timestamp), envelope.logGroup);
      table.flags[slot]! |= Flag.Archived;
      table.cells[slot] = number + 1;
      table.objects[slot] = this.numberOf(object);
      if (isIndexed) {
        table.flags[slot]! |= Flag.Expected;
        counts.at(number).archived++;
      } else counts.at(number).leftOut++;
      if (document) table.contents[slot] = contentHash(documentIn(document), hash);
    }
  }

  /** Whether receipts have settled an event. What is read before they can is in no receipt that is counted. */
  private isSettled(envelope: Envelope, event: LogEvent): boolean {
    const cell = this.cellOf(envelope, event);
    if (!cell) return false;
    if (!cell.isSettled) cell.isDoubtful = true;
    return cell.isSettled;
  }

  private cellOf(envelope: Envelope, { timestamp, extractedFields }: LogEvent): ReceiptCell | undefined {
    return this.receipts?.cells.at(Math.floor(timestamp / HOUR_MS), receiptPlace(envelope, extractedFields));
  }

  private numberOf(object: StoredObject): number {
    const known = this.numbers.get(object.key);
    if (known !== undefined) return known;
    const number = this.comparison.objects.push(object) - 1;
    this.numbers.set(object.key, number);
    return number;
  }

  private enterRejected(record: ReplayRecord): void {
    const { comparison } = this;
    const { table, hash, counts } = comparison;
    for (const { id, envelope, event } of documentIdsIn(record)) {
      if (!comparison.isWithin(event.timestamp) || !comparison.isOfPart(id)) continue;
      const slot = table.slot(hash.high, hash.low);
      this.reject(envelope, event, (table.flags[slot]! & Flag.Rejected) !== 0);
      table.cells[slot] ||= counts.numberOf(hourOf(event.timestamp), envelope.logGroup) + 1;
      table.flags[slot]! |= Flag.Rejected;
    }
  }

  /** @param isAgain whether another object under rejected/ has the event: so may two under archive/, which count once */
  private reject(envelope: Envelope, event: LogEvent, isAgain: boolean): void {
    const place = receiptPlace(envelope, event.extractedFields);
    const cell = this.receipts?.cells.at(Math.floor(event.timestamp / HOUR_MS), place);
    if (!cell) return;
    const isOfOtherPlace = place.account !== envelope.owner || place.logGroup !== envelope.logGroup;
    if (isAgain || isOfOtherPlace) cell.isDoubtful = true;
    subtractFromSum(cell.expected, idHash(event.id));
  }
}
