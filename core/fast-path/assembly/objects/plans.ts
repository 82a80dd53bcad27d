import { CLOSE_BRACE, COMMA } from "../ascii";
import { copy } from "../fields/find";
import { ABSENT, kindOf } from "../fields/slots";
import { writeValue } from "../fields/write-value";
import { EVENTS, PLANS } from "../memory";
import { hasBytes } from "./find-name";
import {
  addedMember,
  eventsEnd,
  eventsHash,
  firstOf,
  isDateNode,
  keyLengthOf,
  keyOf,
  MEMBER,
  nextOf,
  numberOf,
  OBJECT,
  slotOf,
} from "./nodes";

/*
 * Messages of a format put the same fields in the same order, again and again: a plan is what their documents have then, all names and
 * brackets between two values as one text.
 */

/**
 * A plan: the hash of its events, how many bytes they have (0: there is no plan), how often it was of use, the hash that came last
 * instead, the roots, where the entries of each of them end, that of the first one's first, and then the events, the entries and, from
 * `TEXTS` on, their texts.
 */
const PLAN_BYTES: usize = 4096;
const LENGTH: usize = 8;
const USES: usize = 12;
const OTHER_HASH: usize = 16;
const ROOTS: usize = 24;
const STARTS: usize = 28;
const PLANNED: usize = 48;
const TEXTS: usize = 2048;

/** Of 16 plans, each at a place that the hash's upper bits say. */
const HASH_SHIFT: u64 = 60;
const COUNT_OF_ROOTS: usize = 4;
const MAX_EVENTS_BYTES: usize = 512;

/** How often other events may come before they take a plan's place. */
const MAX_USES: i32 = 15;

/** An entry: what comes behind its text, whether its texts are dates, its slot or number, the address of its text and that's length. */
const ENTRY_BYTES: usize = 12;
const FIELD: u8 = 0;
const ADDED_MEMBER: u8 = 1;
const NOTHING: u8 = 2;

/** Whether the plan does not fit, after all: a field of it has no value. */
export let lacksValue: bool = false;

function planPlace(): usize {
  return PLANS + PLAN_BYTES * <usize>(eventsHash >> HASH_SHIFT);
}

/** The plan of the current message's document; 0: there is none. @param roots the addresses of the roots, which a program has */
export function findPlan(roots: usize): usize {
  const plan = planPlace();
  const length = eventsEnd - EVENTS;
  if (load<u64>(plan) !== eventsHash || load<u32>(plan, LENGTH) !== <u32>length) return 0;
  if (load<u32>(plan, ROOTS) !== <u32>roots || !hasBytes(EVENTS, plan + PLANNED, length)) return 0;
  if (load<i32>(plan, USES) < MAX_USES) store<i32>(plan, load<i32>(plan, USES) + 1, USES);
  lacksValue = false;
  return plan;
}

/** Forgets all plans: the programs that they are of are gone. */
export function clearPlans(): void {
  for (let i: usize = 0; i < 16; i++) store<u32>(PLANS + PLAN_BYTES * i, 0, LENGTH);
}

/** Whether a plan has members of a root. */
export function hasMembers(plan: usize, root: usize): bool {
  return load<u32>(plan + STARTS + 4 * root) !== load<u32>(plan + STARTS + 4 * root, 4);
}

/** Writes what a plan has of a root. @returns the end of what is written; 0: only the parser can write it, or see `lacksValue` */
export function writePlanned(plan: usize, root: usize, isFirst: bool, at: usize): usize {
  let entry: usize = load<u32>(plan + STARTS + 4 * root);
  const last: usize = load<u32>(plan + STARTS + 4 * root, 4);
  // Members of an object that begins have no comma.
  let comma: usize = isFirst ? 1 : 0;
  for (; entry < last; entry += ENTRY_BYTES) {
    const length: usize = load<u32>(entry, 8) - comma;
    copy(load<u32>(entry, 4) + comma, at, length);
    at += length;
    comma = 0;
    const slot: i32 = load<u16>(entry, 2);
    switch (load<u8>(entry)) {
      case FIELD:
        if (kindOf(slot) === ABSENT) {
          lacksValue = true;
          return 0;
        }
        at = writeValue(slot, load<u8>(entry, 1) !== 0, at);
        if (at === 0) return 0;
        continue;
      case ADDED_MEMBER: {
        const member = addedMember(slot);
        copy(keyOf(member), at, keyLengthOf(member));
        at += keyLengthOf(member);
        continue;
      }
      default:
        continue;
    }
  }
  return at;
}

/** The plan that is being made: its next entry and text, and where the text of that entry begins. */
let entriesEnd: usize = 0;
let entriesLimit: usize = 0;
let text: usize = 0;
let textsLimit: usize = 0;
let entryText: usize = 0;

/** Makes a plan of the current message's document, whose nodes are linked, if its like came before and the place is free. */
export function makePlan(roots: usize): void {
  const plan = planPlace();
  const uses = load<i32>(plan, USES);
  if (uses > 0) {
    store<i32>(plan, uses - 1, USES);
    return;
  }
  if (load<u64>(plan, OTHER_HASH) !== eventsHash) {
    store<u64>(plan, eventsHash, OTHER_HASH);
    return;
  }
  const length = eventsEnd - EVENTS;
  if (length > MAX_EVENTS_BYTES) return;
  store<u32>(plan, 0, LENGTH);
  copy(EVENTS, plan + PLANNED, length);
  entriesEnd = plan + PLANNED + ((length + 15) & ~15);
  entriesLimit = plan + TEXTS;
  text = plan + TEXTS;
  entryText = text;
  textsLimit = plan + PLAN_BYTES;
  for (let root: usize = 0; root < COUNT_OF_ROOTS; root++) {
    store<u32>(plan + STARTS + 4 * root, <u32>entriesEnd);
    if (!planMembers(load<u32>(roots + 4 * root), false)) return;
    if (text > entryText && !addEntry(NOTHING, 0, false)) return;
  }
  store<u32>(plan + STARTS + 4 * COUNT_OF_ROOTS, <u32>entriesEnd);
  store<u64>(plan, eventsHash);
  store<u32>(plan, <u32>length, LENGTH);
  store<u32>(plan, <u32>roots, ROOTS);
}

/** @returns false if there is no room, or an object or a field without a value */
function planMembers(object: usize, isFirst: bool): bool {
  for (let node = firstOf(object); node !== 0; node = nextOf(node)) {
    const slot = slotOf(node);
    if (slot < MEMBER && kindOf(slot) === ABSENT) return false;
    const length = slot === MEMBER ? 0 : keyLengthOf(node);
    // 16 bytes are copied at a time.
    if (text + length + 32 > textsLimit) return false;
    if (!isFirst) store<u8>(text++, COMMA);
    isFirst = false;
    copy(keyOf(node), text, length);
    text += length;
    if (slot === OBJECT) {
      if (firstOf(node) === 0 || !planMembers(node, true)) return false;
      store<u8>(text++, CLOSE_BRACE);
    } else if (
      slot === MEMBER ? !addEntry(ADDED_MEMBER, numberOf(node), false) : !addEntry(FIELD, slot, isDateNode(node))
    )
      return false;
  }
  return true;
}

function addEntry(kind: u8, slot: u16, isDate: bool): bool {
  if (entriesEnd + ENTRY_BYTES > entriesLimit) return false;
  store<u8>(entriesEnd, kind);
  store<u8>(entriesEnd, isDate ? 1 : 0, 1);
  store<u16>(entriesEnd, slot, 2);
  store<u32>(entriesEnd, <u32>entryText, 4);
  store<u32>(entriesEnd, <u32>(text - entryText), 8);
  entriesEnd += ENTRY_BYTES;
  entryText = text;
  return true;
}
