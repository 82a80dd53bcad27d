import { documentId } from "../../core/events/document-id";
import { ACCOUNT_ID } from "../aws/account";

/**
 * Event ids of the emulator (local/emulator/patches/logs.py): 56 decimal digits of a number whose high bits are the event's
 * time and whose low 144 bits are a counter.
 */
const COUNTER_BITS = 144n;
const COUNTER_MASK = (1n << COUNTER_BITS) - 1n;
const DIGITS = 56;

/** An event id, taken apart. */
export interface EventIdParts {
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  /** Increases by one for each event. */
  readonly counter: bigint;
}

export function emulatorEventId({ timestamp, counter }: EventIdParts): string {
  return ((BigInt(timestamp) << COUNTER_BITS) + counter).toString().padStart(DIGITS, "0");
}

/** The `_id` of an event's document. */
export function emulatorDocumentId(id: string, logGroup: string): string {
  return documentId(id, { owner: ACCOUNT_ID, logGroup });
}

/** @returns undefined for an id in another format */
export function eventIdParts(id: string): EventIdParts | undefined {
  if (!/^\d{56}$/.test(id)) return undefined;
  const number = BigInt(id);
  return { timestamp: Number(number >> COUNTER_BITS), counter: number & COUNTER_MASK };
}
