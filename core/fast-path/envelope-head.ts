import { isUtf8 } from "node:buffer";
import { parseEnvelope, type ReceivedEnvelope } from "../events/envelope";

/** The tokens around the end of an envelope's head. */
const EVENTS = '"logEvents":[';
const EVENT = '{"id":"';

/**
 * Room for the longest names, escaped. Such a head and MAX_EVENTS stay below the plain path's limits of values and
 * events.
 */
const MAX_HEAD_BYTES = 64 * 1024;

/** The part of an envelope before its events. */
export interface EnvelopeHead {
  /** Without its events. */
  envelope: ReceivedEnvelope;
  /** Offset of the first event's id, in bytes. */
  firstId: number;
}

/**
 * Parses the head of an envelope.
 *
 * @returns undefined if the plain path might take the record for anything but an envelope, or archive it in other bytes
 */
export function parseHead(bytes: Buffer): EnvelopeHead | undefined {
  const length = bytes.indexOf(EVENTS + EVENT) + EVENTS.length;
  if (length < EVENTS.length || length > MAX_HEAD_BYTES || !isUtf8(bytes)) return undefined;
  const head = bytes.toString("utf8", 0, length);
  // The plain path rewrites an envelope that has a line break, and recognizes one by this key without escapes.
  if (/[\r\n]/.test(head) || !head.includes('"messageType"')) return undefined;
  const parsed = parseEnvelope(`${head}]}`);
  return parsed.kind === "envelope" ? { envelope: parsed.envelope, firstId: length + EVENT.length } : undefined;
}
