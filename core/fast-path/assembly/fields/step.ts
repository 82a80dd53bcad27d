/**
 * A step of a program, 16 bytes: its `SpanOp`, three slots or other small numbers, two arguments and flags. Which of them an op has,
 * says core/fast-path/field-steps.ts, which writes them.
 */
export const STEP_BYTES: usize = 16;

/** Flags: negative numbers are none; a text that is absent is one of the kind. */
const NEVER_NEGATIVE: u32 = 1;
const OR_ABSENT: u32 = 2;

export function opOf(step: usize): i32 {
  return load<u8>(step);
}

export function firstSlot(step: usize): i32 {
  return load<u8>(step, 1);
}

export function secondSlot(step: usize): i32 {
  return load<u8>(step, 2);
}

export function thirdSlot(step: usize): i32 {
  return load<u8>(step, 3);
}

export function argument(step: usize): usize {
  return load<u32>(step, 4);
}

export function secondArgument(step: usize): usize {
  return load<u32>(step, 8);
}

/** In place of flags. */
export function thirdArgument(step: usize): usize {
  return load<u32>(step, 12);
}

export function isNeverNegative(step: usize): bool {
  return (load<u32>(step, 12) & NEVER_NEGATIVE) !== 0;
}

export function isOrAbsent(step: usize): bool {
  return (load<u32>(step, 12) & OR_ABSENT) !== 0;
}
