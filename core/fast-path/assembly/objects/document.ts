import { ascii, CLOSE_BRACE, COMMA, QUOTE } from "../ascii";
import { copy } from "../fields/find";
import { ABSENT, kindOf } from "../fields/slots";
import { writeValue } from "../fields/write-value";
import { setTo } from "../memory";
import { firstOf, isDateNode, keyLengthOf, keyOf, linkNodes, MEMBER, nextOf, OBJECT, slotOf } from "./nodes";
import { findPlan, hasMembers, lacksValue, makePlan, writePlanned } from "./plans";

/** The roots of a document that the pipeline has itself, and that of all others: places of nodes in a program. */
export const AWS: usize = 0;
export const CLOUD: usize = 1;
export const EVENT: usize = 2;
export const OTHERS: usize = 3;

const EVENT_KEY = ascii(',"event":{');
const EVENT_KEY_LENGTH: usize = 10;
const SEQUENCE_KEY = ascii('"sequence":');
const SEQUENCE_KEY_LENGTH: usize = 11;
const ORIGINAL_KEY = ascii('"original":"');
const ORIGINAL_KEY_LENGTH: usize = 12;
const LINE_END = ascii("}\n");
const LINE_END_LENGTH: usize = 2;

/**
 * Writes the document's end behind the pipeline's own fields: the order of `rootsOfTree` and `partsOf` of core/sinks/opensearch.
 *
 * @param message its JSON string's body, up to its end; 0: `event.original` has none
 * @param end the address after the own fields, without the brace of `aws`
 * @param cloud the address of the brace of `cloud` there
 * @param copied what is there stands here, too
 * @param digits the address of the line's number
 * @param count how many digits it has; 0: the document has none
 * @returns false if only the parser can write it
 */
export function writeObject(
  nodes: usize,
  message: usize,
  messageEnd: usize,
  end: usize,
  cloud: usize,
  copied: usize,
  digits: usize,
  count: usize,
): bool {
  const plan = findPlan(nodes);
  if (plan !== 0) {
    if (writeRoots(plan, nodes, message, messageEnd, end, cloud, copied, digits, count)) return true;
    if (!lacksValue) return false;
  }
  linkNodes();
  if (!writeRoots(0, nodes, message, messageEnd, end, cloud, copied, digits, count)) return false;
  makePlan(nodes);
  return true;
}

/** @param plan 0: there is none, and the nodes are linked */
function writeRoots(
  plan: usize,
  nodes: usize,
  message: usize,
  messageEnd: usize,
  end: usize,
  cloud: usize,
  copied: usize,
  digits: usize,
  count: usize,
): bool {
  let at = writeCloud(plan, nodes, end, cloud, copied);
  if (at !== 0) at = writeRoot(plan, nodes, AWS, false, at);
  if (at === 0) return false;
  store<u8>(at++, CLOSE_BRACE);
  const event = at;
  v128.store(at, EVENT_KEY);
  at += EVENT_KEY_LENGTH;
  const first = at;
  if (count > 0) {
    v128.store(at, SEQUENCE_KEY);
    v128.store(at + SEQUENCE_KEY_LENGTH, v128.load(digits));
    at += SEQUENCE_KEY_LENGTH + count;
  }
  at = writeRoot(plan, nodes, EVENT, count === 0, at);
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
  at = writeRoot(plan, nodes, OTHERS, false, at);
  if (at === 0) return false;
  v128.store(at, LINE_END);
  setTo(at + LINE_END_LENGTH);
  return true;
}

/** Writes members of `cloud`, and again what follows them. @returns see `writeMembers` */
function writeCloud(plan: usize, nodes: usize, end: usize, cloud: usize, copied: usize): usize {
  const isEmpty = plan !== 0 ? !hasMembers(plan, CLOUD) : firstOf(load<u32>(nodes, 4 * CLOUD)) === 0;
  if (isEmpty) return end;
  const at = writeRoot(plan, nodes, CLOUD, false, cloud);
  if (at === 0) return 0;
  copy(copied, at, end - cloud);
  return at + (end - cloud);
}

/** Writes the members of a root. @returns see `writeMembers` */
function writeRoot(plan: usize, nodes: usize, root: usize, isFirst: bool, at: usize): usize {
  if (plan !== 0) return writePlanned(plan, root, isFirst, at);
  return writeMembers(load<u32>(nodes + 4 * root), isFirst, at);
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
