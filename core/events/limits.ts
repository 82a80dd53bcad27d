import { MAX_EVENT_ID_BYTES } from "./document-id";
import { DAY_MS, HOUR_MS } from "./durations";

/** Whether a value can be an event's id, from which `documentId` makes its document's. */
export function isEventId(id: unknown): id is string {
  return typeof id === "string" && id !== "" && id.isWellFormed() && Buffer.byteLength(id) <= MAX_EVENT_ID_BYTES;
}

/** Whether a value is an event's id in the form of CloudWatch Logs. Source: CloudWatch Logs User Guide, the examples of envelopes. */
export function isCloudWatchId(id: unknown): id is string {
  return typeof id === "string" && /^\d{56}$/.test(id);
}

/** The latest time that `@timestamp` can express with a four-digit year: 9999-12-31T23:59:59.999Z. */
const MAX_TIMESTAMP = 253_402_300_799_999;

/** Whether a value can be a document's `@timestamp`, in ms since the epoch. @param limits within those of documents */
export function isDocumentTime(timestamp: unknown, limits = DOCUMENT_TIMES): timestamp is number {
  if (typeof timestamp !== "number" || !Number.isInteger(timestamp)) return false;
  return timestamp >= limits.earliest && timestamp <= limits.latest;
}

/** Maximum age of an event when it arrives, in ms. Source: CloudWatch Logs API Reference, "PutLogEvents". */
export const MAX_EVENT_AGE_MS = 14 * DAY_MS;

/**
 * For how long CloudWatch Logs repeats a delivery that fails, in ms. Source: CloudWatch Logs User Guide, "Real-time processing of
 * log data with subscriptions".
 */
const DELIVERY_RETRY_MS = DAY_MS;

/** Maximum age of an event when its record arrives, in ms. */
export const MAX_DELIVERED_AGE_MS = MAX_EVENT_AGE_MS + DELIVERY_RETRY_MS;

/** How far in the future an event may be when it arrives, in ms. Source: CloudWatch Logs API Reference, "PutLogEvents". */
export const MAX_EVENT_AHEAD_MS = 2 * HOUR_MS;

/** The times that events of a record may have, in ms since the epoch. */
export interface TimeLimits {
  earliest: number;
  latest: number;
}

/** Returns the times of events that CloudWatch Logs can have delivered at `arrival`; never negative. */
export function deliveredTimes(arrival: number): TimeLimits {
  const earliest = Math.max(0, arrival - MAX_DELIVERED_AGE_MS);
  return { earliest, latest: arrival + MAX_EVENT_AHEAD_MS };
}

/** All times that documents can have. */
export const DOCUMENT_TIMES: TimeLimits = { earliest: 0, latest: MAX_TIMESTAMP };
