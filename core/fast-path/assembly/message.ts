import { ascii, BACKSLASH, OPEN_BRACE, SPACE } from "./ascii";
import { isDateLike } from "./date-like";
import { writeFields } from "./fields/document";
import { copy } from "./fields/find";
import { readFields } from "./fields/program";
import { IS_OF_MEMBERS } from "./fields/program-words";
import { messageEnd } from "./fields/split";
import { copyMembers } from "./json-members";
import { cloudEnd, linePrefixLength } from "./line-prefix";
import { from, LINE_PREFIX, setFrom, setTo, to } from "./memory";
import { isUnknownObject } from "./objects/known-objects";
import { OBJECT_PROGRAM, objectEnd, readObjectFields, writeObjectFields } from "./objects/program";
import { hasObjectSignature, hasSignature } from "./signatures";
import { copyText, NO_TEXT, VERBATIM } from "./text";

/** Results of `writeMessage`. */
export const WRITTEN: i32 = 0;

/** Not a JSON string, or one that ends after the limit. */
export const INVALID: i32 = 1;

/** A JSON string that only the plain path can write. The cursor is at its closing quote. */
export const UNSUPPORTED: i32 = 2;

/** The message is written as text, and a parser may know it. */
export const UNPARSED: i32 = 3;

/** The fields of the message are written, as its parser has them. */
export const FIELDS_WRITTEN: i32 = 4;

/** Which messages a parser may know, so that the plain path writes them: none; those with a signature; all. */
export const NONE_PARSED: i32 = 0;
export const SIGNED_PARSED: i32 = 1;
export const ALL_PARSED: i32 = 2;

let parsed: i32 = NONE_PARSED;

export function setParsed(which: i32): void {
  parsed = which;
}

export function areAllParsed(): bool {
  return parsed === ALL_PARSED;
}

/** Programs that read lines into fields, by their addresses: 32 bits each. */
export let programs: usize = 0;
export let programsEnd: usize = 0;

/** @param at the address of the list. @param count of its addresses */
export function setPrograms(at: usize, count: i32): void {
  programs = at;
  programsEnd = at + 4 * count;
}

/** A line of a format is far shorter, and its document may have each of its texts several times. */
const MAX_LINE_BYTES: usize = 16 * 1024;

/** The end of the line prefix that fields replace, `},"message":"`. */
const FIELDS_KEY_LENGTH: usize = 13;

/** The end of the line prefix, `"message":"`, which the members of a JSON object replace. */
const MESSAGE_KEY_LENGTH = 11;

const TEXT_END = ascii('"}\n');
const MEMBERS_END = ascii("}\n");

/** Writes the message at the cursor after the line prefix, and ends the lines. Leaves the cursor at the closing quote. */
export function writeMessage(limit: usize): i32 {
  const message = from;
  const text = to;
  const first = load<u8>(message);
  const mayBeParsed = isParsed(message, first);
  if (mayBeParsed && writeParsed(message, min(limit, message + MAX_LINE_BYTES))) return FIELDS_WRITTEN;
  if (first === OPEN_BRACE && !mayBeParsed) {
    const members = text - MESSAGE_KEY_LENGTH;
    setTo(members);
    if (copyMembers(limit)) {
      // The comma before the members.
      if (to === members) setTo(members - 1);
      writeText(MEMBERS_END, 2);
      return WRITTEN;
    }
    setFrom(message);
    setTo(text);
  }
  const copied = copyText(limit);
  if (copied === NO_TEXT) return INVALID;
  // White space, or an escape of it, may precede a JSON object.
  const mayBeJson = first === OPEN_BRACE || first === SPACE || first === BACKSLASH;
  if (copied !== VERBATIM || mayBeJson || isDateLike(text, to)) return UNSUPPORTED;
  writeText(TEXT_END, 3);
  return mayBeParsed ? UNPARSED : WRITTEN;
}

/** Writes the fields of a message by the first program that can read it, in place of the end of the line prefix. */
function writeParsed(message: usize, limit: usize): bool {
  const isObject = load<u8>(message) === OPEN_BRACE;
  for (let at = programs; at < programsEnd; at += 4) {
    const program: usize = load<u32>(at);
    const kind = load<u32>(program);
    if (kind === OBJECT_PROGRAM) {
      if (!isObject || !readObjectFields(program, message, limit)) continue;
      const end = to - FIELDS_KEY_LENGTH;
      const cloud = to - linePrefixLength + cloudEnd;
      if (writeObjectFields(program, message, end, cloud, LINE_PREFIX + cloudEnd, 0, 0)) {
        setFrom(objectEnd);
        return true;
      }
      restoreLinePrefix(cloudEnd);
      continue;
    }
    if (isObject !== (kind === <u32>IS_OF_MEMBERS) || !readFields(program, message, limit)) continue;
    const members = to - FIELDS_KEY_LENGTH;
    if (writeFields(program, members)) {
      setFrom(messageEnd);
      return true;
    }
    setFrom(message);
    setTo(members + FIELDS_KEY_LENGTH);
    restoreLinePrefix(linePrefixLength - FIELDS_KEY_LENGTH);
  }
  return false;
}

/** Writes the line prefix again, from an offset on. */
function restoreLinePrefix(offset: usize): void {
  copy(LINE_PREFIX + offset, to - linePrefixLength + offset, linePrefixLength - offset);
}

/** Whether a parser may know a text, by how it begins. */
export function isParsed(message: usize, first: u8): bool {
  if (parsed !== ALL_PARSED) return parsed === SIGNED_PARSED && isSigned(message, first);
  return first !== OPEN_BRACE || !isUnknownObject(message);
}

function isSigned(message: usize, first: u8): bool {
  return first === OPEN_BRACE ? hasObjectSignature(message) : hasSignature(message);
}

function writeText(text: v128, length: usize): void {
  v128.store(to, text);
  setTo(to + length);
}
