import { ascii, CLOSE_BRACE, COMMA, QUOTE } from "../ascii";
import { copy } from "../fields/find";
import { ABSENT, kindOf } from "../fields/slots";
import { writeValue } from "../fields/write-value";
import { cloudEnd, linePrefixLength } from "../line-prefix";
import { LINE_PREFIX, setTo, to } from "../memory";
import { firstOf, isDateNode, keyLengthOf, keyOf, MEMBER, nextOf, OBJECT, slotOf } from "./nodes";

/** The roots of a document that the pipeline has itself, and that of all others: places of nodes in a program. */
export const AWS: usize = 0;
export const CLOUD: usize = 1;
export const EVENT: usize = 2;
export const OTHERS: usize = 3;

/** The end of the line prefix that fields replace, `},"message":"`. */
const FIELDS_KEY_LENGTH: usize = 13;

const EVENT_KEY = ascii(',"event":{');
const EVENT_KEY_LENGTH: usize = 10;
const ORIGINAL_KEY = ascii('"original":"');
const ORIGINAL_KEY_LENGTH: usize = 12;
const LINE_END = ascii("}\n");
const LINE_END_LENGTH: usize = 2;

/**
 * Writes the document's end in place of that of the line prefix: the order of `rootsOfTree` and `partsOf` of core/sinks/opensearch.
 *
 * @param message its JSON string's body, up to its end; 0: `event.original` has none
 * @returns false if only the parser can write it
 */
export function writeObject(nodes: usize, message: usize, messageEnd: usize): bool {
  let at = writeCloud(load<u32>(nodes, 4 * CLOUD), to);
  if (at !== 0) at = writeMembers(load<u32>(nodes, 4 * AWS), false, at);
  if (at === 0) return false;
  store<u8>(at++, CLOSE_BRACE);
  const event = at;
  v128.store(at, EVENT_KEY);
  at += EVENT_KEY_LENGTH;
  const first = at;
  at = writeMembers(load<u32>(nodes, 4 * EVENT), true, at);
  if (at === 0) return false;
  if (message !== 0) {
    if (at > first) store<u8>(at++, COMMA);
    v128.store(at, ORIGINAL_KEY);
    at += ORIGINAL_KEY_LENGTH;
    copy(message, at, messageEnd - message);
    at += messageEnd - message;
    store<u8>(at++, QUOTE);
  }
  if (at > first) store<u8>(at++, CLOSE_BRACE);
  else at = event;
  at = writeMembers(load<u32>(nodes, 4 * OTHERS), false, at);
  if (at === 0) return false;
  v128.store(at, LINE_END);
  setTo(at + LINE_END_LENGTH);
  return true;
}

/** Writes members of `cloud`, which the line prefix has, and again what follows them there. @returns see `writeMembers` */
function writeCloud(cloud: usize, at: usize): usize {
  if (firstOf(cloud) === 0) return at - FIELDS_KEY_LENGTH;
  const rest = linePrefixLength - FIELDS_KEY_LENGTH - cloudEnd;
  const end = writeMembers(cloud, false, at - linePrefixLength + cloudEnd);
  if (end === 0) return 0;
  copy(LINE_PREFIX + cloudEnd, end, rest);
  return end + rest;
}

/** Writes the members of an object that have a value. @returns the end of what is written; 0: only the parser can write it */
function writeMembers(object: usize, isFirst: bool, at: usize): usize {
  for (let node = firstOf(object); node !== 0; node = nextOf(node)) {
    const slot = slotOf(node);
    if (slot < MEMBER && kindOf(slot) === ABSENT) continue;
    const start = at;
    if (!isFirst) store<u8>(at++, COMMA);
    copy(keyOf(node), at, keyLengthOf(node));
    at += keyLengthOf(node);
    if (slot === OBJECT) {
      const members = at;
      at = writeMembers(node, true, at);
      if (at === members) {
        at = start;
        continue;
      }
      if (at !== 0) store<u8>(at++, CLOSE_BRACE);
    } else if (slot !== MEMBER) at = writeValue(slot, isDateNode(node), at);
    if (at === 0) return 0;
    isFirst = false;
  }
  return at;
}
