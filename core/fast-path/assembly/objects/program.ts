import { QUOTE } from "../ascii";
import { hasItsSignature, SIGNATURE } from "../fields/program-words";
import { ABSENT, clearSlots, isUnsupported, kindOf, LITERAL, lengthOf, setSlot, startOf } from "../fields/slots";
import { lastTime, readUtc } from "../fields/times";
import { clearNames } from "../names";
import { writeObject } from "./document";
import { makeRoom } from "./learned";
import { clearNeeds, groupsMet, NUMBERS, needsMet, readMembers } from "./members";
import { addNode, clearNodes, slotOf } from "./nodes";
import { INNER_QUOTE_LENGTH, setQuoteLength, skipSpaces } from "./tokens";
import { readVariables } from "./variables";

/**
 * A program for JSON objects: what core/fast-path/object-program.ts makes of their description, at offsets of 32 bits. It begins with a
 * number that no program for lines begins with.
 */
export const OBJECT_PROGRAM: u32 = 0x80;
/** The object's members: see members.ts. */
const MEMBERS: usize = 4;
/** Nodes of the roots: see document.ts. */
const ROOTS: usize = 8;
/** How many members the message needs. */
const NEEDS: usize = 12;
/** Entries of 12 bytes, and their number: a node, and the address and the length of its JSON. */
const CONSTANTS: usize = 16;
/** Whether `event.original` has the message. */
const HAS_ORIGINAL: usize = 24;
/** The node of the field that is the object's own time, in ISO 8601, hidden or not; 0: nobody needs it. */
const TIME: usize = 28;
/** Bits of the lists of names of which a message needs one each. */
const GROUPS: usize = 32;

/** Where the message ends that was read last. */
export let objectEnd: usize = 0;

/**
 * Reads a message that is a JSON object into slots and nodes. Returns false if it is none of the format's, or one that only its parser
 * can read.
 */
export function readObjectFields(program: usize, message: usize, limit: usize): bool {
  if (!hasItsSignature(program, message, limit)) return false;
  setQuoteLength(INNER_QUOTE_LENGTH);
  objectEnd = endOfFields(program, message, limit);
  return objectEnd !== 0 && objectEnd < limit && load<u8>(objectEnd) === QUOTE;
}

/** Whether a program needs a message as a JSON string. */
export function needsString(program: usize): bool {
  return (load<u32>(program + HAS_ORIGINAL) | load<u32>(program + SIGNATURE)) !== 0;
}

/** Reads a line that is a JSON object, as it is: see `readObjectFields`. Its program needs no string. */
export function readLineFields(program: usize, start: usize, end: usize): bool {
  setQuoteLength(1);
  // No token, and no white space, goes on behind the line.
  const behind = load<u8>(end);
  store<u8>(end, 0);
  const isRead = endOfFields(program, start, end) === end;
  store<u8>(end, behind);
  return isRead;
}

/** @returns the address after the object, and white space; 0: only the parser can read it */
function endOfFields(program: usize, start: usize, limit: usize): usize {
  clearSlots();
  clearNames();
  clearNodes();
  clearNeeds();
  makeRoom();
  putConstants(program);
  const object: usize = load<u32>(program + MEMBERS);
  const areVariables = load<u32>(object + NUMBERS) !== 0;
  const end = areVariables ? readVariables(object, start + 1, limit) : readMembers(object, start + 1, limit);
  if (end === 0 || isUnsupported) return 0;
  if (needsMet !== load<i32>(program + NEEDS) || groupsMet !== load<i32>(program + GROUPS)) return 0;
  return skipSpaces(end);
}

/**
 * Writes the fields that were read last as the end of their document. Returns false if only the parser can write them; what is before
 * `end` may have changed then.
 *
 * @param end see `writeObject`, as `cloud`, `copied`, `digits` and `count`
 */
export function writeObjectFields(
  program: usize,
  message: usize,
  end: usize,
  cloud: usize,
  copied: usize,
  digits: usize,
  count: usize,
): bool {
  const original = load<u32>(program + HAS_ORIGINAL) !== 0 ? message : 0;
  return writeObject(load<u32>(program + ROOTS), original, objectEnd, end, cloud, copied, digits, count);
}

/** The time of the object that was read last, in ms since the epoch; negative: it has none that a document may have. */
export function objectTime(program: usize): i64 {
  const slot = slotOf(load<u32>(program + TIME));
  if (kindOf(slot) === ABSENT) return -1;
  return readUtc(startOf(slot), startOf(slot) + lengthOf(slot)) ? lastTime() : -1;
}

function putConstants(program: usize): void {
  let at: usize = load<u32>(program + CONSTANTS);
  for (let i = load<i32>(program + CONSTANTS, 4); i > 0; i--, at += 12) {
    const node: usize = load<u32>(at);
    const text: usize = load<u32>(at, 4);
    setSlot(slotOf(node), LITERAL, text, text + load<u32>(at, 8));
    addNode(node);
  }
}
