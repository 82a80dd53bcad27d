import { BACKSLASH, QUOTE } from "../ascii";

/** Whether a text fits a pattern. */
export const NO_MATCH: i32 = 0;
export const MATCH: i32 = 1;

/** It has an escape but that of a quote, or another character than ASCII, where the pattern looks: only the parser can say. */
export const UNKNOWN: i32 = 2;

/** States of a pattern's table that end the search. */
const FOUND: u32 = 1;

const CLASS_OF: usize = 12;
const ROWS: usize = CLASS_OF + 128;

/**
 * Whether the text fits a pattern: a finite automaton, as core/fast-path/pattern-table.ts makes it. Its table is the number of classes,
 * the first of the states that accept a text which ends there, and the state that it begins in, 32 bits each; a class for each of the
 * 128 characters of ASCII; and for each state the next one by class.
 */
export function matches(at: usize, end: usize, table: usize): i32 {
  const classes = load<u32>(table);
  const firstAccepting = load<u32>(table, 4);
  let state = load<u32>(table, 8);
  for (; at < end; at++) {
    let byte = load<u8>(at);
    if (byte >= 0x80 || byte === QUOTE) return UNKNOWN;
    if (byte === BACKSLASH) {
      if (load<u8>(at + 1) !== QUOTE) return UNKNOWN;
      byte = QUOTE;
      at++;
    }
    state = load<u8>(table + ROWS + state * classes + load<u8>(table + CLASS_OF + byte));
    if (state <= FOUND) return state === FOUND ? MATCH : NO_MATCH;
  }
  return state >= firstAccepting ? MATCH : NO_MATCH;
}
