/** The memory's layout, as addresses in bytes. The compiler keeps its own data below `RESERVED_NAMES`. */

/** Root keys that may collide with the pipeline's own: see `listedName`. */
export const RESERVED_NAMES: usize = 4 * 1024;

/** The line prefix of one record and day. */
export const LINE_PREFIX: usize = 8 * 1024;
const MAX_LINE_PREFIX_BYTES = 24 * 1024;

/** The names in the current message's objects: see names.ts. */
export const NAMES: usize = 32 * 1024;

/**
 * The number of encoded events, then the end of each event's lines as an offset into `OUT`: 32 bits each. There is room for
 * events of 90 bytes; none has fewer than 200.
 */
export const ENDS: usize = 48 * 1024;

/** Programs that read lines into fields: see fields/program-words.ts. */
export const PROGRAMS: usize = 144 * 1024;

/** The current message's texts, the values of its fields, and what of them is not in the message: see fields/. */
export const SPANS: usize = 400 * 1024;
export const SLOTS: usize = 402 * 1024;
export const OPEN_OBJECTS: usize = 405 * 1024;
export const SCRATCH: usize = 406 * 1024;
export const SCRATCH_END: usize = 447 * 1024;

/** The nodes of the current message's fields and the members that it adds, in their order, and plans: see objects/. */
export const EVENTS: usize = 448 * 1024;
export const EVENTS_END: usize = 452 * 1024;
export const ADDED: usize = EVENTS_END;
export const PLANS: usize = 456 * 1024;

/** Members that no program places: see objects/learned.ts. */
export const LEARNED: usize = 520 * 1024;
export const LEARNED_END: usize = 584 * 1024;

/** What decodes compressed bytes: see inflate/codes.ts. */
export const HUFFMAN: usize = LEARNED_END;

/** Bytes after those that are inflated, and after the compressed ones, that inflating may read, and write after the former. */
export const INFLATE_SLACK: i32 = 512;

/** Places in an envelope's head: see head.ts. */
export const HEAD: usize = 599 * 1024;

/** The hours of an envelope's events, after their number: see tallies.ts. Those of CloudWatch Logs are of at most 15 days and 2 hours. */
export const HOURS: usize = 600 * 1024;
export const HOURS_END: usize = 615 * 1024;

/** The id that is hashed for somebody else. */
export const ID_TEXT: usize = HOURS_END;

/** Lines are written from here. */
export const OUT: usize = 616 * 1024;

/** After this many bytes of lines, the encoder returns before the next event. */
const FULL_BYTES = 2 * 1024 * 1024;

/**
 * Limit of a message's size in the envelope, in bytes: a longer one may hold more values than the plain path parses, which
 * therefore gets the record. CloudWatch Logs accepts 1 MiB of text.
 */
export const MAX_MESSAGE_BYTES = 1_000_000;

/**
 * Limit of a name's size, and of a number's, in bytes: the plain path decides which are too long to be sent as fields, and its
 * limits are higher.
 */
export const MAX_TOKEN_BYTES: usize = 255;

/** The same of all names of a message. */
export const MAX_NAMES_BYTES: usize = 200_000;

/**
 * The same of a name, and of values: members, values of arrays and containers. In `MAX_DEPTH` levels all paths are then far shorter
 * than the plain path's limit, so nobody has to add them up.
 */
export const MAX_NAME_BYTES: usize = 127;
export const MAX_VALUES: i32 = 2_000;

/** Loads and stores of 16 bytes touch bytes after the last one. */
export const SLACK: i32 = 64;

export const FULL: usize = OUT + FULL_BYTES;

/** The envelope, up to the end of the memory. */
export const ENVELOPE: usize = FULL + MAX_MESSAGE_BYTES + MAX_LINE_PREFIX_BYTES + SLACK;

/** In its place, of an object: the current line as the body of a JSON string, line prefixes, and then lines of the object. See lines.ts. */
export const LINE_TEXT: usize = ENVELOPE;
export const OBJECT_PREFIXES: usize = LINE_TEXT + 48 * 1024;
export const MAX_OBJECT_PREFIX_BYTES: usize = 24 * 1024;
export const LINES: usize = OBJECT_PREFIXES + 4 * MAX_OBJECT_PREFIX_BYTES;

/** Read cursor, in the envelope. */
export let from: usize = 0;

/** Write cursor, in `OUT`. */
export let to: usize = OUT;

export function setFrom(at: usize): void {
  from = at;
}

export function setTo(at: usize): void {
  to = at;
}
