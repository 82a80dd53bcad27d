import { type EnvelopeReceipt, noEvents, type ReceiptPlace, type ReceiptRow } from "../receipts/receipt";

/** Of the table, and of an hour in it, in words of 32 bits. */
const FIRST_ENTRY = 4;
const ENTRY_WORDS = 4;

/** Returns what a table says that assembly/tallies.ts describes. */
export function countedHours(table: Int32Array, { account, logGroup }: ReceiptPlace): EnvelopeReceipt {
  const hours = table[0]!;
  if (hours === 1) return { account, logGroup, hour: table[4]!, events: table[5]!, high: table[7]!, low: table[6]! };
  const rows: ReceiptRow[] = [];
  for (let n = 0, at = FIRST_ENTRY; n < hours; n++, at += ENTRY_WORDS) {
    const fingerprint = { high: table[at + 3]! >>> 0, low: table[at + 2]! >>> 0 };
    rows.push({ account, logGroup, ...noEvents(table[at]!), events: table[at + 1]!, fingerprint });
  }
  return rows.sort((a, b) => a.hour - b.hour);
}
