import { ANY_CHARACTER, type CharacterSet, type PatternPart, parsePattern } from "./pattern-syntax";

/** States that end a search: the text cannot fit any more, or fits whatever follows. */
const FAILED = 0;
const FOUND = 1;

/** A byte has to be enough for a state. */
const MAX_STATES = 256;

/** A nondeterministic automaton: what each state goes to, by a character or by none. */
interface Automaton {
  readonly steps: { readonly set: CharacterSet; readonly to: number }[][];
  readonly free: number[][];
}

const known = new Map<string, Buffer>();

/**
 * Makes the table of a finite automaton out of a regular expression, in the form that assembly/fields/pattern.ts documents.
 *
 * @throws Error for one that has more than the syntax of `parsePattern`, or too many states
 */
export function patternTable(pattern: RegExp): Buffer {
  const key = String(pattern);
  const made = known.get(key) ?? tableOf(pattern);
  known.set(key, made);
  return made;
}

function tableOf(regExp: RegExp): Buffer {
  const { pattern, fromStart, toEnd } = parsePattern(regExp);
  const automaton: Automaton = { steps: [[]], free: [[]] };
  if (!fromStart) automaton.steps[0]!.push({ set: ANY_CHARACTER, to: 0 });
  const last = add(automaton, pattern, addState(automaton, 0));
  const { classOf, classes } = classesOf(automaton);
  const first = closure(automaton, [0]);
  const states = new Map([[first.join(), first]]);
  const rows = new Map<string, string[]>();
  const isEnd = (members: readonly number[]) => members.includes(last);
  const isFound = (members: readonly number[]) => !toEnd && isEnd(members);
  for (const [name, members] of states) {
    const row = classes.map((code) => {
      const next = closure(automaton, after(automaton, members, code));
      if (next.length === 0) return "failed";
      if (isFound(next)) return "found";
      states.set(next.join(), next);
      return next.join();
    });
    rows.set(name, row);
  }
  // Those that accept are the last.
  const names = [...states].sort(([, a], [, b]) => Number(isEnd(a)) - Number(isEnd(b))).map(([name]) => name);
  const numbers = new Map([...names.map((name, i) => [name, i + 2] as const), ["failed", FAILED], ["found", FOUND]]);
  if (names.length + 2 > MAX_STATES || isFound(first)) throw new Error(`no table for ${String(regExp)}`);
  const accepting = 2 + names.filter((name) => !isEnd(states.get(name)!)).length;
  const table = Buffer.alloc(12 + 128 + classes.length * (names.length + 2));
  for (const [i, number] of [classes.length, accepting, numbers.get(first.join())!].entries())
    table.writeUInt32LE(number, 4 * i);
  table.set(classOf, 12);
  for (const [i, name] of names.entries()) {
    const row = rows.get(name)!.map((next) => numbers.get(next)!);
    table.set(row, 12 + 128 + classes.length * (i + 2));
  }
  return table;
}

/** Adds what a pattern does after a state. @returns the state after it */
function add(automaton: Automaton, pattern: PatternPart, from: number): number {
  switch (pattern.kind) {
    case "set": {
      const to = addState(automaton);
      automaton.steps[from]!.push({ set: pattern.set, to });
      return to;
    }
    case "sequence":
      return pattern.parts.reduce((at, part) => add(automaton, part, at), from);
    case "choice": {
      const to = addState(automaton);
      for (const part of pattern.parts) automaton.free[add(automaton, part, addState(automaton, from))]!.push(to);
      return to;
    }
    case "repeat": {
      let at = from;
      for (let i = 0; i < pattern.min; i++) at = add(automaton, pattern.part, at);
      if (pattern.max === Number.POSITIVE_INFINITY) {
        const loop = addState(automaton, at);
        automaton.free[add(automaton, pattern.part, loop)]!.push(loop);
        return addState(automaton, loop);
      }
      const to = addState(automaton, at);
      for (let i = pattern.min; i < pattern.max; i++) {
        at = add(automaton, pattern.part, addState(automaton, at));
        automaton.free[at]!.push(to);
      }
      return to;
    }
  }
}

/** @param from the state that leads to it without a character */
function addState({ steps, free }: Automaton, from?: number): number {
  const state = steps.length;
  steps.push([]);
  free.push([]);
  if (from !== undefined) free[from]!.push(state);
  return state;
}

function closure({ free }: Automaton, states: readonly number[]): number[] {
  const all = new Set(states);
  for (const state of all) for (const next of free[state]!) all.add(next);
  return [...all].sort((a, b) => a - b);
}

const after = ({ steps }: Automaton, states: readonly number[], code: number): number[] =>
  states.flatMap((state) => steps[state]!.filter(({ set }) => set.has(code)).map(({ to }) => to));

/** Characters that no step tells apart are of one class. @returns the class of each, and a character of each class */
function classesOf({ steps }: Automaton): { classOf: Uint8Array; classes: number[] } {
  const sets = [...new Set(steps.flat().map(({ set }) => set))];
  const numbers = new Map<string, number>();
  const classes: number[] = [];
  const classOf = Uint8Array.from({ length: 128 }, (_, code) => {
    const signature = sets.map((set) => (set.has(code) ? "1" : "0")).join("");
    const number = numbers.get(signature) ?? classes.push(code) - 1;
    numbers.set(signature, number);
    return number;
  });
  return { classOf, classes };
}
