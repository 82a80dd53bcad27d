import { MAX_EVENT_AGE_MS, MAX_EVENT_AHEAD_MS } from "../core/events/limits";

/** Limits of a PutLogEvents call. Source: CloudWatch Logs API Reference, "PutLogEvents". */
export const LIMITS = {
  eventsPerCall: 10_000,
  bytesPerCall: 1_048_576,
  /** Counted for each event in addition to its message. */
  eventOverheadBytes: 26,
  spanMs: 24 * 60 * 60_000,
  maxAgeMs: MAX_EVENT_AGE_MS,
  maxAheadMs: MAX_EVENT_AHEAD_MS,
} as const;

/** Maximum size of a message, in bytes. */
export const MAX_MESSAGE_BYTES = LIMITS.bytesPerCall - LIMITS.eventOverheadBytes;

/** The size of an event as PutLogEvents counts it, in bytes. */
export function eventBytes(message: string): number {
  return Buffer.byteLength(message) + LIMITS.eventOverheadBytes;
}
