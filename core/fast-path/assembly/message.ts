import { ascii, BACKSLASH, COMMA, OPEN_BRACE, SPACE } from "./ascii";
import { isDateLike } from "./date-like";
import { copyMembers, MEMBERS, NO_MEMBERS } from "./json";
import { from, setFrom, setTo, to } from "./memory";
import { copyText, NO_TEXT, SAME } from "./text";

/** What the message at the cursor turned out to be. */
export const WRITTEN: i32 = 0;
export const NO_STRING: i32 = 1;

/** A string that only the plain path knows how to write. The cursor is at the quote that ends it. */
export const NOT_PLAIN: i32 = 2;

/** What a frame ends in: `"message":"`. Members stand in its place. */
const MESSAGE_KEY_LENGTH = 11;

const TEXT_END = ascii('"}\n');
const MEMBERS_END = ascii("}\n");
const NO_MESSAGE = ascii('"message":""}\n');

/** Writes the message at the cursor, behind the frame, and the end of the lines. Leaves the cursor at the quote that ends it. */
export function writeMessage(limit: usize): i32 {
  const message = from;
  const text = to;
  const first = load<u8>(message);
  if (first === OPEN_BRACE) {
    const members = text - MESSAGE_KEY_LENGTH;
    setTo(members);
    const copied = copyMembers(limit);
    if (copied !== NO_MEMBERS) {
      if (copied === MEMBERS) {
        if (to > members) write(COMMA);
        writeText(NO_MESSAGE, 14);
      } else {
        writeText(MEMBERS_END, 2);
      }
      return WRITTEN;
    }
    setFrom(message);
    setTo(text);
  }
  const copied = copyText(limit);
  if (copied === NO_TEXT) return NO_STRING;
  // White space, or an escape of it, may stand before a JSON object.
  const mayBeJson = first === OPEN_BRACE || first === SPACE || first === BACKSLASH;
  if (copied !== SAME || mayBeJson || isDateLike(text, to)) return NOT_PLAIN;
  writeText(TEXT_END, 3);
  return WRITTEN;
}

function write(byte: u8): void {
  store<u8>(to, byte);
  setTo(to + 1);
}

function writeText(text: v128, length: usize): void {
  v128.store(to, text);
  setTo(to + length);
}
