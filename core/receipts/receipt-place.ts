import type { Envelope } from "../events/envelope";
import { type ExtractedFields, splitFields } from "../events/extracted-fields";
import type { ReceiptPlace } from "./receipt";

/** Returns the place of an event, as its document has it: system fields say where it comes from. */
export function receiptPlace(
  { owner, logGroup }: Pick<Envelope, "owner" | "logGroup">,
  extractedFields?: ExtractedFields,
): ReceiptPlace {
  if (!extractedFields) return { account: owner, logGroup };
  const { system } = splitFields(extractedFields);
  return { account: system.owner ?? owner, logGroup: system.logGroup ?? logGroup };
}
