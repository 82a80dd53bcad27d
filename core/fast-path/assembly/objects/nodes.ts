import { isUnsupported, leave, reserve } from "../fields/slots";
import { HASH_FACTOR } from "../hash";
import { ADDED, EVENTS, EVENTS_END } from "../memory";
import { isOfMessage, newObject } from "../names";

/**
 * A field or an object of a document, 40 bytes: what core/fast-path/object-nodes.ts writes into a program, the address of the object that it is in
 * (0: none), the address and the length of its key, its slot, and whether its texts are dates; then what the current message makes of it:
 * the number of the message (64 bits), the addresses of the next member of the same object, of its first and of its last member,
 * and the serial of its names.
 * Members are in the order in which the parser puts them, which is that of the message.
 */
export const NODE_BYTES: usize = 40;
const KEY: usize = 4;
const KEY_LENGTH: usize = 8;
const SLOT: usize = 12;
const IS_DATE: usize = 14;
const MESSAGE: usize = 16;
const NEXT: usize = 24;
const FIRST: usize = 28;
const LAST: usize = 32;
const NAMES: usize = 36;

/** In place of a slot: an object, and a member whose name only the message has. */
export const OBJECT: u16 = 0xffff;
export const MEMBER: u16 = 0xfffe;

let messages: u64 = 0;

/**
 * What the current message puts, in its order, 32 bits each: a node, or the object of a member whose name only the message has, with
 * `IS_ADDED`. These members themselves are in a list of their own.
 */
export let eventsEnd: usize = EVENTS;
let addedEnd: usize = ADDED;
const IS_ADDED: usize = 1;

/** Of all events, by which plans are found: plans.ts. */
export let eventsHash: u64 = 0;

/** Begins with a message that has no field yet. */
export function clearNodes(): void {
  messages++;
  eventsEnd = EVENTS;
  addedEnd = ADDED;
  eventsHash = 0;
}

/** The number of the current message. */
export function currentMessage(): u64 {
  return messages;
}

/** Adds a field or an object to the document, and the objects that it is in, unless they are there. */
export function addNode(node: usize): void {
  if (eventsEnd === EVENTS_END) {
    leave();
    return;
  }
  store<u32>(eventsEnd, <u32>node);
  eventsEnd += 4;
  eventsHash = (eventsHash ^ <u64>node) * HASH_FACTOR;
}

/** Links the nodes of all that was added: a document is written by them where there is no plan. */
export function linkNodes(): void {
  let added = ADDED;
  for (let at = EVENTS; at < eventsEnd; at += 4) {
    const event: usize = load<u32>(at);
    const node = event & ~IS_ADDED;
    linkNode(node);
    if (event === node) continue;
    append(node, load<u32>(added));
    added += 4;
  }
}

function linkNode(node: usize): void {
  if (hasNode(node)) return;
  store<u64>(node, messages, MESSAGE);
  store<u32>(node, 0, FIRST);
  const object: usize = load<u32>(node);
  if (object === 0) return;
  linkNode(object);
  append(object, node);
}

/** The serial of the names that other members than those of a table have in an object, which may have several tables. */
export function namesIn(object: usize): u32 {
  const names = load<u32>(object, NAMES);
  if (isOfMessage(names)) return names;
  store<u32>(object, newObject(), NAMES);
  return load<u32>(object, NAMES);
}

function hasNode(node: usize): bool {
  return load<u64>(node, MESSAGE) === messages;
}

function append(object: usize, node: usize): void {
  store<u32>(node, 0, NEXT);
  if (load<u32>(object, FIRST) === 0) store<u32>(object, <u32>node, FIRST);
  else store<u32>(load<u32>(object, LAST), <u32>node, NEXT);
  store<u32>(object, <u32>node, LAST);
}

/** Makes a member of its text, which is from its key's quote on. @returns 0: there is no room for it */
export function newMember(text: usize, length: usize): usize {
  const node = reserve(NODE_BYTES);
  if (node === 0) return 0;
  store<u32>(node, <u32>text, KEY);
  store<u32>(node, <u32>length, KEY_LENGTH);
  store<u16>(node, MEMBER, SLOT);
  return node;
}

/** Writes a field that no program has. */
export function putNode(node: usize, object: usize, key: usize, keyLength: usize, slot: u16): void {
  memory.fill(node, 0, NODE_BYTES);
  store<u32>(node, <u32>object);
  store<u32>(node, <u32>key, KEY);
  store<u32>(node, <u32>keyLength, KEY_LENGTH);
  store<u16>(node, slot, SLOT);
}

/** Makes `node` the next one of a list that is in no object yet. @param last its last one; 0: there is none */
export function linkMember(last: usize, node: usize): void {
  store<u32>(node, 0, NEXT);
  if (last !== 0) store<u32>(last, <u32>node, NEXT);
}

/** Adds a list of members to an object. */
export function addMembers(object: usize, first: usize): void {
  for (let member = first; member !== 0; member = nextOf(member)) {
    if (slotOf(member) !== MEMBER) {
      addNode(member);
      continue;
    }
    addNode(object | IS_ADDED);
    if (isUnsupported) return;
    store<u32>(addedEnd, <u32>member);
    store<u32>(member, <u32>((addedEnd - ADDED) >> 2), FIRST);
    addedEnd += 4;
  }
}

/** A member that the message has added, by its number among them. */
export function addedMember(number: i32): usize {
  return load<u32>(ADDED + 4 * number);
}

/** The number of a member that the message has added. */
export function numberOf(member: usize): u16 {
  return <u16>load<u32>(member, FIRST);
}

export function nextOf(node: usize): usize {
  return load<u32>(node, NEXT);
}

/** The first member of an object; 0: the document has none of it. */
export function firstOf(object: usize): usize {
  return hasNode(object) ? <usize>load<u32>(object, FIRST) : 0;
}

export function keyOf(node: usize): usize {
  return load<u32>(node, KEY);
}

export function keyLengthOf(node: usize): usize {
  return load<u32>(node, KEY_LENGTH);
}

export function slotOf(node: usize): u16 {
  return load<u16>(node, SLOT);
}

export function isDateNode(node: usize): bool {
  return load<u8>(node, IS_DATE) !== 0;
}
