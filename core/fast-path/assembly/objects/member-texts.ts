import { SpanOp } from "../../../parsers/span-ops";
import { isDateLike } from "../date-like";
import { read } from "../fields/read";
import { ABSENT, kindOf, reserve } from "../fields/slots";
import { opOf } from "../fields/step";
import { isNumberLike } from "../number-like";
import { addNode, slotOf } from "./nodes";
import { copyUnescaped } from "./tokens";

/** Of a member: the address of its steps, and their number; see members.ts. */
export const STEPS: usize = 12;
const COUNT: usize = 16;

/** Of a member's text: the address of a step, flags, and the nodes of its fields, up to three. */
const TEXT_BYTES: usize = 20;
const FLAGS: usize = 4;
const NODES: usize = 8;

/** Flags: the text may be none of the step's kind; the field keeps a value that it has. */
const IS_OPTIONAL: u32 = 1;
const IS_IF_FREE: u32 = 2;

/** Reads a member's text into its fields. Returns false if it is none of the first one's kind. */
export function readTexts(member: usize, start: usize, end: usize): bool {
  let text: usize = load<u32>(member, STEPS);
  for (let i = load<i32>(member, COUNT); i > 0; i--, text += TEXT_BYTES) {
    const flags = load<u32>(text, FLAGS);
    if ((flags & IS_IF_FREE) !== 0 && kindOf(slotOf(load<u32>(text, NODES))) !== ABSENT) continue;
    if (read(load<u32>(text), start, end)) addNodes(text + NODES);
    else if ((flags & IS_OPTIONAL) === 0) return false;
  }
  return true;
}

/** Adds those of up to three nodes that have a value. */
function addNodes(nodes: usize): void {
  for (let at = nodes; at < nodes + 12; at += 4) {
    const node: usize = load<u32>(at);
    if (node === 0) return;
    if (kindOf(slotOf(node)) !== ABSENT) addNode(node);
  }
}

/** The same of a text with escapes, which only some steps may read: as a whole. */
export function readEscaped(member: usize, start: usize, end: usize): bool {
  let text: usize = load<u32>(member, STEPS);
  for (let i = load<i32>(member, COUNT); i > 0; i--, text += TEXT_BYTES) {
    const op = opOf(load<u32>(text));
    if (op !== SpanOp.text && op !== SpanOp.words) return false;
  }
  const to = reserve(end - start);
  if (to === 0) return false;
  const textEnd = copyUnescaped(start, end, to);
  if (isDateLike(to, textEnd) || isNumberLike(to, textEnd, true)) return false;
  return readTexts(member, to, textEnd);
}
