/** Reasons why `encodeEvents` and `encodeLines` return. */
export const ALL_ENCODED: i32 = 0;
export const OUT_FULL: i32 = 1;

/** The caller sets the line prefix of the slot of the current event or line and continues. */
export const NEEDS_LINE_PREFIX: i32 = 2;

/**
 * The caller writes the current event's lines at `start`, calls `setTo` with their end, and continues. The message is the JSON
 * string whose body lies from `message` to `from`. Of a line of an object, the caller has both itself: its lines go to the cursor.
 */
export const NEEDS_PLAIN_PATH: i32 = 3;

/** The envelope is not in CloudWatch Logs' canonical form, or one of its times is not allowed. */
export const NOT_CANONICAL: i32 = 4;

/** As NEEDS_PLAIN_PATH, but the current event's lines are written: they are right if no parser knows the message. */
export const NEEDS_PARSER: i32 = 5;

/** Not a reason to return: the next event follows. */
export const NEXT: i32 = 6;
