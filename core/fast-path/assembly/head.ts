import { ascii, COMMA, hasAt, QUOTE } from "./ascii";
import { HEAD } from "./memory";
import { specialBytes } from "./plain-run";

/** The tokens of an envelope's head, as CloudWatch Logs writes it. */
const START = ascii('{"messageType":"');
const START_LENGTH = 16;
const OWNER = ascii('DATA_MESSAGE","o');
const OWNER_END = ascii('wner":"');
const OWNER_END_LENGTH = 7;
const LOG_GROUP = ascii(',"logGroup":"');
const LOG_GROUP_LENGTH = 13;
const LOG_STREAM = ascii(',"logStream":"');
const LOG_STREAM_LENGTH = 14;
const FILTERS = ascii(',"subscriptionFi');
const FILTERS_END = ascii('lters":[');
const FILTERS_END_LENGTH = 8;
const EVENTS = ascii('],"logEvents":[{');
const EVENTS_END = ascii('"id":"');
const EVENTS_END_LENGTH = 6;

/** Each document repeats these names: see `parseEnvelope`. */
const MAX_NAME_LENGTH: usize = 512;

/**
 * Finds the names in an envelope's head if it is exactly as CloudWatch Logs writes it, and has no escapes and nothing but ASCII: it
 * then reads as JSON does. Puts into `HEAD`, as offsets of 32 bits: the end of the log group, start and end of the log stream, and
 * the first event's id.
 *
 * @param end of the envelope, or where the head has to end
 * @returns 0 for any other head
 */
export function findNames(envelope: usize, end: usize): i32 {
  let at = envelope;
  if (!hasAt(at, START, START_LENGTH) || !hasAt(at + 16, OWNER, 16)) return 0;
  if (!hasAt(at + 32, OWNER_END, OWNER_END_LENGTH)) return 0;
  at = endOfName(at + 32 + OWNER_END_LENGTH);
  if (at === 0 || !hasAt(at + 1, LOG_GROUP, LOG_GROUP_LENGTH)) return 0;
  at = endOfName(at + 1 + LOG_GROUP_LENGTH);
  if (at === 0 || !hasAt(at + 1, LOG_STREAM, LOG_STREAM_LENGTH)) return 0;
  store<u32>(HEAD, <u32>(at - envelope));
  const stream = at + 1 + LOG_STREAM_LENGTH;
  at = endOfName(stream);
  if (at === 0 || !hasAt(at + 1, FILTERS, 16) || !hasAt(at + 17, FILTERS_END, FILTERS_END_LENGTH)) return 0;
  store<u32>(HEAD + 4, <u32>(stream - envelope));
  store<u32>(HEAD + 8, <u32>(at - envelope));
  at = endOfFilters(at + 17 + FILTERS_END_LENGTH);
  if (at === 0 || !hasAt(at, EVENTS, 16) || !hasAt(at + 16, EVENTS_END, EVENTS_END_LENGTH)) return 0;
  at += 16 + EVENTS_END_LENGTH;
  store<u32>(HEAD + 12, <u32>(at - envelope));
  return at <= end ? 1 : 0;
}

/** The address of the bracket after a list of at most `MAX_FILTERS` strings; 0: there is none. */
function endOfFilters(at: usize): usize {
  if (load<u8>(at) !== QUOTE) return at;
  for (let i = 0; i < MAX_FILTERS; i++) {
    at = load<u8>(at) === QUOTE ? endOfName(at + 1) : 0;
    if (at === 0) return 0;
    if (load<u8>(++at) !== COMMA) return at;
    at++;
  }
  return 0;
}

/** A log group has at most two. Source: CloudWatch Logs API Reference, "PutSubscriptionFilter". */
const MAX_FILTERS = 4;

/** The address of the quote that ends a string; 0: it is longer than a name, or has more than printable ASCII. */
function endOfName(start: usize): usize {
  for (let at = start; at <= start + MAX_NAME_LENGTH; at += 16) {
    const bytes = v128.load(at);
    const special = specialBytes(bytes) | i8x16.bitmask(bytes);
    if (special === 0) continue;
    at += ctz(special);
    return load<u8>(at) === QUOTE && at - start <= MAX_NAME_LENGTH ? at : 0;
  }
  return 0;
}
