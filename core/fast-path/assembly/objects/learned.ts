import { BACKSLASH, COLON, COMMA, LETTER_N, OPEN_BRACE, OPEN_BRACKET, QUOTE } from "../ascii";
import { copy, isAbsent } from "../fields/find";
import { FIRST_LEARNED_SLOT, LITERAL, MAX_LEARNED_SLOTS, PLAIN, setSlot } from "../fields/slots";
import { mayBeOther } from "../fields/text-kind";
import { HASH_FACTOR } from "../hash";
import { endOfScalar } from "../json-tokens";
import { LEARNED, LEARNED_END } from "../memory";
import { hasBytes } from "./find-name";
import { addMember, INNER_KEY, KEY, KIND, LENGTH, LEVEL } from "./member";
import { putNode } from "./nodes";
import { clearPlans } from "./plans";
import { endOfText, hasInnerEscapes, isQuote, quoteLength } from "./tokens";
import { beginValues, copyValue, KEY_END, keepValues, MAX_NUMBER, written } from "./values";

/*
 * Members that no table places: a service's objects have the same ones again and again. The first time, their names are checked and
 * written in snake case; then each has an entry, a member as those of tables have, with a node and a slot of its own.
 *
 * Whether an object has two names that become the same one is told by entries where there are some, and by sets of names else: see names.ts.
 * So an entry, once there, is always found, and all are forgotten between two messages only.
 */

/** Of a member beside what those of tables have, in place of their steps: the entry of its name in snake case, and the object that has it. */
const OWN_NAME: usize = 12;
const OWNER: usize = 16;
/** In place of what its objects may begin with: the member of the table that it is of; 0: the table has none. */
const TABLE_MEMBER: usize = 28;
const SLOT: usize = 44;
const NODE: usize = 48;
const MEMBER_BYTES: usize = 96;

/** A name in snake case has the first fields of a member: its text, its owner and the message. */
const NAME_BYTES: usize = 32;

/** What kind of a member it is. */
export const IS_LEARNED: u8 = 9;

/** In a member of a table: the learned one that it is. */
const LEARNED_AS: usize = 16;

/** A hash table of addresses, 32 bits each, by the object that a name is in, and the name. */
const SLOT_BITS: u64 = 10;
const SLOTS: usize = 1024;
const TABLE: usize = LEARNED;
const MEMBERS: usize = TABLE + 4 * SLOTS;
const NAMES: usize = MEMBERS + MEMBER_BYTES * MAX_LEARNED_SLOTS;
const TEXTS: usize = NAMES + NAME_BYTES * MAX_LEARNED_SLOTS;

/** Longer names are not learned. */
const MAX_NAME: usize = 48;

/** What the texts of a name need: it stands in them three times, in snake case perhaps twice as long. */
const MAX_TEXTS: usize = 6 * MAX_NAME;

let members: usize = 0;
let names: usize = 0;
let text: usize = TEXTS;
let isFull: bool = false;

/** Whether the member that was read last has a value. */
export let hasLearnedValue: bool = false;

/** Forgets all members, and the plans that have them. */
export function forgetMembers(): void {
  memory.fill(LEARNED, 0, TEXTS - LEARNED);
  members = 0;
  names = 0;
  text = TEXTS;
  isFull = false;
  clearPlans();
}

/** Between two messages: makes room if there was none. */
export function makeRoom(): void {
  if (isFull) forgetMembers();
}

function slotOf(owner: usize, start: usize, end: usize): usize {
  const length = end - start;
  const tail = load<u64>(end - 8) >> ((8 - <u64>min<usize>(length, 8)) << 3);
  const bits = tail ^ <u64>length ^ ((<u64>owner) << 20);
  return <usize>((bits * HASH_FACTOR) >> (64 - SLOT_BITS));
}

/** The entry of an object's member, or of a name in a node's object; 0: there is none. */
export function findLearned(owner: usize, start: usize, end: usize): usize {
  const length = end - start;
  let slot = slotOf(owner, start, end);
  let entry: usize = load<u32>(TABLE + 4 * slot);
  while (entry !== 0) {
    const isOfOwner = load<u32>(entry, OWNER) === <u32>owner && load<u32>(entry, LENGTH) === <u32>length;
    if (isOfOwner && hasBytes(start, load<u32>(entry), length)) break;
    slot = (slot + 1) & (SLOTS - 1);
    entry = load<u32>(TABLE + 4 * slot);
  }
  return entry;
}

function add(owner: usize, entry: usize): void {
  const start: usize = load<u32>(entry);
  let slot = slotOf(owner, start, start + <usize>load<u32>(entry, LENGTH));
  while (load<u32>(TABLE + 4 * slot) !== 0) slot = (slot + 1) & (SLOTS - 1);
  store<u32>(TABLE + 4 * slot, <u32>entry);
}

/** Whether a member is one of this object: what came behind another one may have been forgotten. */
export function isLearnedOf(member: usize, object: usize): bool {
  return load<u8>(member, KIND) !== IS_LEARNED || load<u32>(member, OWNER) === <u32>object;
}

/** The entry of a member of a table; 0: there is none. */
export function learnedAs(member: usize): usize {
  const entry: usize = load<u32>(member, LEARNED_AS);
  return entry !== 0 && load<u32>(entry, TABLE_MEMBER) === <u32>member ? entry : 0;
}

/**
 * Takes note of a name that is written as a key.
 *
 * @param own the node of the object that it is in, in the document
 * @param key its address, and the end
 * @returns false if the document's object has it already
 */
export function addOwnName(own: usize, key: usize, keyEnd: usize): bool {
  const name = findLearned(own, key + 1, keyEnd - KEY_END);
  return name === 0 || addMember(name);
}

/**
 * Learns a member whose name is that of no other one, and was added.
 *
 * @param object its table
 * @param member of the table; 0: it has none
 * @param start its name in the message
 */
export function learnMember(
  object: usize,
  own: usize,
  member: usize,
  start: usize,
  end: usize,
  key: usize,
  keyEnd: usize,
): void {
  const length = end - start;
  if (length > MAX_NAME) return;
  if (members === MAX_LEARNED_SLOTS || text + MAX_TEXTS > LEARNED_END) {
    isFull = true;
    return;
  }
  const entry = MEMBERS + MEMBER_BYTES * members;
  const slot = FIRST_LEARNED_SLOT + <i32>members;
  members++;
  const outer = putText(start, length, false);
  const inner = putText(start, length, true);
  const snake = text;
  copy(key, text, keyEnd - key);
  text += keyEnd - key;
  store<u32>(entry, <u32>(outer + 2));
  store<u32>(entry, <u32>length, LENGTH);
  store<u8>(entry, IS_LEARNED, KIND);
  store<u32>(entry, <u32>ownName(own, snake, text), OWN_NAME);
  store<u32>(entry, <u32>object, OWNER);
  store<u32>(entry, <u32>member, TABLE_MEMBER);
  store<u32>(entry, <u32>outer, KEY);
  store<u32>(entry, <u32>inner, INNER_KEY);
  store<u32>(entry, slot, SLOT);
  putNode(entry + NODE, own, snake, text - snake, <u16>slot);
  if (member === 0) add(object, entry);
  else store<u32>(member, <u32>entry, LEARNED_AS);
}

/** Writes a name as it stands behind another member, in quotes or in inner ones. @returns its address */
function putText(start: usize, length: usize, isInner: bool): usize {
  const at = text;
  store<u8>(text++, COMMA);
  if (isInner) store<u8>(text++, BACKSLASH);
  store<u8>(text++, QUOTE);
  copy(start, text, length);
  text += length;
  if (isInner) store<u8>(text++, BACKSLASH);
  store<u8>(text++, QUOTE);
  store<u8>(text++, COLON);
  return at;
}

function ownName(own: usize, key: usize, keyEnd: usize): usize {
  const known = findLearned(own, key + 1, keyEnd - KEY_END);
  if (known !== 0) return known;
  const name = NAMES + NAME_BYTES * names;
  names++;
  store<u32>(name, <u32>(key + 1));
  store<u32>(name, <u32>(keyEnd - KEY_END - key - 1), LENGTH);
  store<u32>(name, <u32>own, OWNER);
  addMember(name);
  add(own, name);
  return name;
}

/** The node of a learned member. */
export function nodeOf(member: usize): usize {
  return member + NODE;
}

/**
 * Reads the value of a learned member into its slot.
 *
 * @returns the address after the value; 0: only the parser can read it
 */
export function readLearned(member: usize, at: usize, limit: usize): usize {
  hasLearnedValue = false;
  const name: usize = load<u32>(member, OWN_NAME);
  if (!addMember(name)) return 0;
  const slot = load<i32>(member, SLOT);
  const first = load<u8>(at);
  if (isQuote(at)) {
    const start = at + quoteLength;
    const end = endOfText(start, limit);
    if (end === 0) return 0;
    if (isAbsent(start, end)) return end + quoteLength;
    if (!hasInnerEscapes && !mayBeOther(start, end)) {
      setSlot(slot, PLAIN, start, end);
      hasLearnedValue = true;
      return end + quoteLength;
    }
  } else if (first !== OPEN_BRACE && first !== OPEN_BRACKET) {
    const end = endOfScalar(at);
    if (end === 0 || end > limit || end - at > MAX_NUMBER) return 0;
    if (first === LETTER_N) return end;
    setSlot(slot, LITERAL, at, end);
    hasLearnedValue = true;
    return end;
  }
  const start = beginValues();
  const nameStart: usize = load<u32>(name);
  const end = copyValue(at, limit, nameStart, nameStart + <usize>load<u32>(name, LENGTH), true, LEVEL);
  if (end === 0 || written === start) return end;
  keepValues(start);
  setSlot(slot, LITERAL, start, written);
  hasLearnedValue = true;
  return end;
}
