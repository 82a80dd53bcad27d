/** Limits of a PutLogEvents call. Source: CloudWatch Logs API Reference, "PutLogEvents". */
export const LIMITS = {
  eventsPerCall: 10_000,
  bytesPerCall: 1_048_576,
  /** Counted for each event in addition to its message. */
  eventOverheadBytes: 26,
  spanMs: 24 * 60 * 60_000,
  /** Maximum age of an event. */
  maxAgeMs: 14 * 24 * 60 * 60_000,
  /** How far in the future an event may be. */
  maxAheadMs: 2 * 60 * 60_000,
} as const;

/** Maximum size of a message, in bytes. */
export const MAX_MESSAGE_BYTES = LIMITS.bytesPerCall - LIMITS.eventOverheadBytes;

/** The size of an event as PutLogEvents counts it, in bytes. */
export function eventBytes(message: string): number {
  return Buffer.byteLength(message) + LIMITS.eventOverheadBytes;
}
