import { currentMessage } from "./nodes";

/**
 * A member: the address and the length of its name, what it is, what the message needs of it, its steps, their number, the number of the
 * message that has it, the address of what its objects may begin with (0: nothing), those of its name as it stands behind another member, in
 * quotes and in inner ones, and the member that came behind it last.
 */
export const LENGTH: usize = 4;
export const KIND: usize = 8;
export const NEED: usize = 9;
export const IS_NULL: usize = 10;
const MESSAGE: usize = 20;
export const FIRST: usize = 28;
export const KEY: usize = 32;
export const INNER_KEY: usize = 36;
export const NEXT_MEMBER: usize = 40;

/** Levels of a document that only a table has. */
export const LEVEL: i32 = 6;

/** Whether the current message has a member. */
function hasMember(member: usize): bool {
  return load<u64>(member, MESSAGE) === currentMessage();
}

/** Takes note that it has it. Returns false if it has it already. */
export function addMember(member: usize): bool {
  if (hasMember(member)) return false;
  store<u64>(member, currentMessage(), MESSAGE);
  return true;
}

/** Whether it has it with a value. */
export function hasValue(member: usize): bool {
  return hasMember(member) && load<u8>(member, IS_NULL) === 0;
}
