import { gzipSync } from "node:zlib";
import { ACCOUNT_ID } from "../../local/aws/account";
import { emulatorEventId } from "../../local/delivery/event-id";
import { EventLedger } from "../../local/delivery/event-ledger";

const TIME = 1_795_694_400_000;

/** The id that the emulator gives to its n-th event. */
export const idOfEvent = (n: number): string => emulatorEventId({ timestamp: TIME, counter: BigInt(n) });

export interface LedgerPut {
  readonly logGroup: string;
  /** Of the emulator's events, which are counted on from it. */
  readonly first: number;
  readonly count: number;
}

export function addToLedger(ledger: EventLedger, { logGroup, first, count }: LedgerPut): void {
  ledger.add(logGroup, idOfEvent(first), Array(count).fill(TIME));
}

/** A ledger of calls with so many events. */
export function ledgerOf(calls: readonly LedgerPut[]): EventLedger {
  const ledger = new EventLedger();
  for (const call of calls) addToLedger(ledger, call);
  return ledger;
}

/** An object of the archive that holds such a put. @param rejection makes it one of `rejected/` @default none */
export function archivedObject({ logGroup, first, count }: LedgerPut, rejection?: string): Buffer {
  const logEvents = Array.from({ length: count }, (_, n) => ({
    id: idOfEvent(first + n),
    timestamp: TIME,
    message: "",
  }));
  const names = { messageType: "DATA_MESSAGE", owner: ACCOUNT_ID, logGroup, logStream: "s" };
  return gzipSync(`${JSON.stringify({ ...(rejection && { rejection }), ...names, logEvents })}\n`);
}
