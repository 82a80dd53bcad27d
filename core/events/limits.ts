/** Source: OpenSearch "Bulk": a document's `_id` must be 512 bytes or less. */
const MAX_ID_BYTES = 512;

/** Whether an event's id can be its document's `_id`. */
export function isDocumentId(id: unknown): id is string {
  return typeof id === "string" && id !== "" && id.isWellFormed() && Buffer.byteLength(id) <= MAX_ID_BYTES;
}

/** The latest time that `@timestamp` can express with a four-digit year: 9999-12-31T23:59:59.999Z. */
const MAX_TIMESTAMP = 253_402_300_799_999;

/** Whether an event's time, in ms since the epoch, can be its document's `@timestamp`. */
export function isDocumentTime(timestamp: unknown): timestamp is number {
  return Number.isInteger(timestamp) && (timestamp as number) >= 0 && (timestamp as number) <= MAX_TIMESTAMP;
}

const HOUR_MS = 3_600_000;

/** Maximum age of an event when it arrives, in ms. Source: CloudWatch Logs API Reference, "PutLogEvents". */
export const MAX_EVENT_AGE_MS = 14 * 24 * HOUR_MS;

/** How far in the future an event may be when it arrives, in ms. Source: CloudWatch Logs API Reference, "PutLogEvents". */
export const MAX_EVENT_AHEAD_MS = 2 * HOUR_MS;
