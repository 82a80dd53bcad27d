import { encodeLogGroup } from "../shared/encode-log-group";

/** Source: OpenSearch "Bulk": a document's `_id` must be 512 bytes or less. */
const MAX_ID_BYTES = 512;

/** One event on its way: what is sent for it, and where in the batch it came from. */
export interface BulkItem {
  /** The record's position in the batch. */
  record: number;
  /** The event's position in its record. */
  position: number;
  /** The action and the document, each with its newline. */
  lines: string;
  /** Why the index refused the event before; `lines` then hold it as plain text. */
  refusal?: string;
}

/** What the names of a log group's indices begin with; the day follows. */
export function indexStem(prefix: string, logGroup: string): string {
  return `${prefix}${encodeLogGroup(logGroup)}-`;
}

/** The index of a log group's events of one UTC day. `time` is ISO 8601: the event's own time, so that a retry agrees. */
export function indexName(stem: string, time: string): string {
  return stem + time.slice(0, 10).replaceAll("-", ".");
}

/** Whether an event's id can be its document's `_id`. */
export function isDocumentId(id: string): boolean {
  return id !== "" && id.isWellFormed() && Buffer.byteLength(id) <= MAX_ID_BYTES;
}

/** The two lines of `_bulk` that create `document` unless `id` exists already. */
export function bulkLines(index: string, id: string, document: string): string {
  return `{"create":{"_index":${JSON.stringify(index)},"_id":${JSON.stringify(id)}}}\n${document}\n`;
}

/** Asks for no more of the response than is read; percent-encoded as the signature wants it. */
export const BULK_PATH = `/_bulk?filter_path=${encodeURIComponent("items.*.status,items.*.error").replaceAll("*", "%2A")}`;
