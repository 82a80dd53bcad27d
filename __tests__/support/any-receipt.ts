import fc from "fast-check";
import { idHash } from "../../core/receipts/id-hash";
import { noEvents, Receipt, type ReceiptRow } from "../../core/receipts/receipt";

/** Names as applications may choose them: some are those of members of every object, some what a header or S3 may change. */
const receiptName = fc.oneof(
  fc.constantFrom(
    "123456789012",
    "7",
    "",
    "/aws/lambda/foo",
    "a  b",
    "__proto__",
    "=?UTF-8?B?Zm9v?=",
    "\r\nx: y",
    "\ud83d",
  ),
  fc.string({ unit: "binary", maxLength: 20 }),
);

const MAX_HOUR = 70_389_527;

const anyRow: fc.Arbitrary<ReceiptRow> = fc
  .tuple(
    fc.record({ account: receiptName, logGroup: receiptName }),
    fc.oneof(fc.integer({ min: 498_000, max: 498_002 }), fc.integer({ min: 0, max: MAX_HOUR })),
    fc.record({ events: fc.nat(), dropped: fc.nat(9), sampledOut: fc.nat(9), joined: fc.nat(9) }),
    fc.string(),
  )
  .map(([place, hour, counts, id]) => ({ ...place, ...noEvents(hour), ...counts, fingerprint: idHash(id) }));

export const anyRows = fc.array(anyRow, { maxLength: 30 });

export function receiptOf(rows: readonly ReceiptRow[]): Receipt {
  const receipt = new Receipt();
  for (const row of rows) receipt.add(row, row);
  return receipt;
}
