import type { Receipt } from "./receipt";
import { receiptMembers, textOfMembers } from "./receipt-members";
import { formatReceipt, parseReceipt } from "./receipt-text";

/** Names of an object's metadata. */
const RECEIPT = "receipt";
const RECEIPT_BYTES = "receipt-bytes";

/** An object has other metadata, too. Source: Amazon S3 User Guide, "Working with object metadata": 2 KB for all of an object's. */
const MAX_METADATA_LENGTH = 1_500;

/** What says which events an object holds. */
export interface ObjectReceipt {
  readonly metadata: Readonly<Record<string, string>>;
  /** Follows the object's data. @default nothing: the metadata says all */
  readonly tail: Buffer;
}

const NO_TAIL = Buffer.alloc(0);

/**
 * Returns a receipt as metadata of an object; one that is too long as gzip members at the object's end, which inflate to nothing, and
 * metadata that says how many bytes these are.
 */
export function objectReceipt(receipt: Receipt): ObjectReceipt {
  const text = formatReceipt(receipt);
  if (text.length <= MAX_METADATA_LENGTH) return { metadata: { [RECEIPT]: text }, tail: NO_TAIL };
  const tail = receiptMembers(text);
  return { metadata: { [RECEIPT_BYTES]: String(tail.length) }, tail };
}

/**
 * Reads what `objectReceipt` has written.
 *
 * @param metadata the object's, by lowercase names without `x-amz-meta-`
 * @param lastBytes reads so many bytes at the object's end
 * @returns undefined for an object without a receipt, or with one of another form: whoever has to know what it holds reads it
 */
export async function readReceipt(
  metadata: Readonly<Record<string, string | undefined>>,
  lastBytes: (count: number) => Promise<Buffer>,
): Promise<Receipt | undefined> {
  const inMetadata = metadata[RECEIPT];
  if (inMetadata !== undefined) return parseReceipt(inMetadata);
  const bytes = metadata[RECEIPT_BYTES];
  if (bytes === undefined || !/^[1-9]\d{0,8}$/.test(bytes)) return undefined;
  const text = textOfMembers(await lastBytes(Number(bytes)));
  return text === undefined ? undefined : parseReceipt(text);
}
