import { documentId } from "../../core/events/document-id";
import { HOUR_MS } from "../../core/events/durations";
import { type Halves, halvesDifference, halvesSum } from "../../core/receipts/id-hash";
import type { ReceiptPlace } from "../../core/receipts/receipt";
import type { HourlyCounts } from "../counts";
import type { AuditRange } from "../time-range";

/** Events, in whatever order: how many they are, and the sum of the hashes of their ids. */
export interface EventSum {
  events: number;
  fingerprint: Halves;
}

export const noEventSum = (): EventSum => ({ events: 0, fingerprint: { high: 0, low: 0 } });

export function addToSum(sum: EventSum, { events, fingerprint }: Readonly<EventSum>): void {
  sum.events += events;
  sum.fingerprint = halvesSum(sum.fingerprint, fingerprint);
}

/** Takes one event from a sum. */
export function subtractFromSum(sum: EventSum, idHash: Halves): void {
  sum.events--;
  sum.fingerprint = halvesDifference(sum.fingerprint, idHash);
}

export const areEqualSums = (one: EventSum, other: EventSum): boolean =>
  one.events === other.events &&
  one.fingerprint.high === other.fingerprint.high &&
  one.fingerprint.low === other.fingerprint.low;

/** The events of one account and log group in one hour. */
export interface ReceiptCell {
  readonly logGroup: string;
  /** In the archive, by receipts. */
  archived: number;
  /** What the index should have: what the archive has, and `rejected/` has not. */
  readonly expected: EventSum;
  /** Receipts do not say what today's settings index of them. */
  isDoubtful: boolean;
  /** The index has just what it should have, so nobody has to read them. */
  isSettled: boolean;
}

/** What the `_id` of a document ends with: a hash of account and log group; "" for one that the forwarder has not made. */
export const scopeIn = (id: string): string => (id.includes(".") ? id.slice(id.lastIndexOf(".")) : "");

/** What the `_id` of each document of an account and a log group ends with. */
export const scopeOf = ({ account, logGroup }: ReceiptPlace): string => documentId("", { owner: account, logGroup });

/** What receipts say of the events of a range, by their hour (since the epoch), account and log group. */
export class ReceiptCells {
  private readonly hours = new Map<number, Map<string, ReceiptCell>>();

  constructor(private readonly range: AuditRange) {}

  /** Returns a cell, a new one if there is none. */
  at(hour: number, place: ReceiptPlace): ReceiptCell {
    const scope = scopeOf(place);
    const known = this.hours.get(hour)?.get(scope);
    if (known) return known;
    // A receipt is of whole hours.
    const isDoubtful = hour * HOUR_MS < this.range.fromMs || (hour + 1) * HOUR_MS > this.range.toMs;
    const cell = { logGroup: place.logGroup, archived: 0, expected: noEventSum(), isDoubtful, isSettled: false };
    this.hours.set(hour, (this.hours.get(hour) ?? new Map()).set(scope, cell));
    return cell;
  }

  /** Returns the cells of an hour, by their scopes. */
  of(hour: number): ReadonlyMap<string, ReceiptCell> {
    return this.hours.get(hour) ?? NO_CELLS;
  }

  isSettled(hour: number, scope: string): boolean {
    return this.hours.get(hour)?.get(scope)?.isSettled === true;
  }

  /** Makes the cells of a scope doubtful in all hours. */
  doubt(scope: string): void {
    for (const cells of this.hours.values()) {
      const cell = cells.get(scope);
      if (cell) cell.isDoubtful = true;
    }
  }

  /** Counts what is settled: each event is archived, and in the index unless `rejected/` has it. */
  countSettled(counts: HourlyCounts): void {
    for (const [hour, cells] of this.hours) {
      for (const { isSettled, logGroup, archived, expected } of cells.values()) {
        if (!isSettled) continue;
        const sum = counts.at(counts.numberOf(hour * HOUR_MS, logGroup));
        sum.archived += archived;
        sum.indexed += expected.events;
      }
    }
  }
}

const NO_CELLS: ReadonlyMap<string, ReceiptCell> = new Map();
