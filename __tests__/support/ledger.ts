import { emulatorEventId } from "../../local/delivery/event-id";
import { EventLedger } from "../../local/delivery/event-ledger";

const TIME = 1_795_694_400_000;

/** The id that the emulator gives to its n-th event. */
export const idOfEvent = (n: number): string => emulatorEventId({ timestamp: TIME, counter: BigInt(n) });

/** A ledger of calls with so many events; the emulator's events are counted on from `first`. */
export function ledgerOf(calls: readonly { logGroup: string; first: number; count: number }[]): EventLedger {
  const ledger = new EventLedger();
  for (const { logGroup, first, count } of calls) ledger.add(logGroup, idOfEvent(first), Array(count).fill(TIME));
  return ledger;
}
