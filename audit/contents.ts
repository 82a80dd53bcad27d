import { isDeepStrictEqual } from "node:util";
import type { IndexLayouts } from "../core/events/index-layout";
import { memberOf } from "../core/json/object";
import { type BulkBatch, bulkBatch, eventSources } from "../core/sinks/opensearch/bulk-batch";
import type { RuledRecord } from "../replay/ruled-record";
import type { IdHash } from "./id-hash";

/** What the forwarder would write now for each event of a record, in order. */
export function documentsBatch({ envelopes, origin, settings }: RuledRecord, layouts: IndexLayouts): BulkBatch {
  return bulkBatch([eventSources(envelopes, origin, layouts, settings.parsing)]);
}

/** Returns the document in the two lines of `_bulk`. */
export function documentIn(lines: Buffer): Record<string, unknown> {
  return JSON.parse(lines.toString("utf8", lines.indexOf("\n") + 1));
}

/** Returns a hash of a document, 32 bits; those of equal documents are equal if their members have the same order. */
export function contentHash(document: object, hash: IdHash): number {
  hash.of(JSON.stringify(document));
  return hash.low;
}

/** What `textDocumentOf` writes before a rejection. */
const REJECTED = "rejected: ";

/**
 * Whether a document in the index is what the forwarder writes of an event: with its fields, or as text with the rejection that it has.
 *
 * @param fieldLines those that index it with its fields
 * @param position the event's in its record
 */
export function isSameDocument(
  source: Record<string, unknown>,
  batch: BulkBatch,
  fieldLines: Buffer,
  position: number,
): boolean {
  if (isDeepStrictEqual(source, documentIn(fieldLines))) return true;
  const rejection = memberOf(source, "aws.cloudwatch.rejection") ?? memberOf(source, "aws.s3.rejection");
  if (typeof rejection !== "string" || !rejection.startsWith(REJECTED)) return false;
  const lines = batch.textLines({ record: 0, position }, rejection.slice(REJECTED.length));
  return isDeepStrictEqual(source, documentIn(lines));
}
