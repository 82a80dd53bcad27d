import { ANY_CHARACTER, type CharacterSet, type PatternPart, parsePattern, UNLIMITED } from "./pattern-syntax";

/** A nondeterministic automaton: what each state goes to, by a character or by none. It begins in the first state. */
export interface Automaton {
  readonly steps: { readonly set: CharacterSet; readonly to: number }[][];
  readonly free: number[][];
  /** The state in which a text fits. */
  readonly last: number;
  /** Whether the text has to end there. */
  readonly toEnd: boolean;
}

type States = Pick<Automaton, "steps" | "free">;

/** @throws Error for a pattern of more than the syntax of `parsePattern` */
export function automatonOf(regExp: RegExp): Automaton {
  const { pattern, fromStart, toEnd } = parsePattern(regExp);
  const states: States = { steps: [[]], free: [[]] };
  if (!fromStart) states.steps[0]!.push({ set: ANY_CHARACTER, to: 0 });
  const last = add(states, pattern, addState(states, 0));
  return { ...states, last, toEnd };
}

/** Whether a text may begin as both of two patterns. @throws Error as `automatonOf` */
export function mayBothFit(one: RegExp, other: RegExp): boolean {
  const [a, b] = [automatonOf(one), automatonOf(other)];
  const pairs = new Map<string, readonly [number, number]>();
  const reach = (inA: readonly number[], inB: readonly number[]) => {
    for (const x of closure(a, inA)) for (const y of closure(b, inB)) pairs.set(`${x} ${y}`, [x, y]);
  };
  reach([0], [0]);
  for (const [x, y] of pairs.values()) {
    // What follows the end of one pattern may be what the other needs.
    if (x === a.last || y === b.last) return true;
    for (const ofA of a.steps[x]!) {
      for (const ofB of b.steps[y]!) if (haveCommon(ofA.set, ofB.set)) reach([ofA.to], [ofB.to]);
    }
  }
  return false;
}

function haveCommon(one: CharacterSet, other: CharacterSet): boolean {
  for (const code of one) if (other.has(code)) return true;
  return false;
}

/** Adds what a pattern does after a state. @returns the state after it */
function add(states: States, pattern: PatternPart, from: number): number {
  switch (pattern.kind) {
    case "set": {
      const to = addState(states);
      states.steps[from]!.push({ set: pattern.set, to });
      return to;
    }
    case "sequence":
      return pattern.parts.reduce((at, part) => add(states, part, at), from);
    case "choice": {
      const to = addState(states);
      for (const part of pattern.parts) states.free[add(states, part, addState(states, from))]!.push(to);
      return to;
    }
    case "group":
      return add(states, pattern.part, from);
    case "repeat": {
      let at = from;
      for (let i = 0; i < pattern.min; i++) at = add(states, pattern.part, at);
      if (pattern.max === UNLIMITED) {
        const loop = addState(states, at);
        states.free[add(states, pattern.part, loop)]!.push(loop);
        return addState(states, loop);
      }
      const to = addState(states, at);
      for (let i = pattern.min; i < pattern.max; i++) {
        at = add(states, pattern.part, addState(states, at));
        states.free[at]!.push(to);
      }
      return to;
    }
    default:
      throw new Error("an automaton looks at each character once");
  }
}

/** @param from the state that leads to it without a character */
function addState({ steps, free }: States, from?: number): number {
  const state = steps.length;
  steps.push([]);
  free.push([]);
  if (from !== undefined) free[from]!.push(state);
  return state;
}

export function closure({ free }: States, states: readonly number[]): number[] {
  const all = new Set(states);
  for (const state of all) for (const next of free[state]!) all.add(next);
  return [...all].sort((a, b) => a - b);
}

export function after({ steps }: States, states: readonly number[], code: number): number[] {
  const targets: number[] = [];
  for (const state of states) for (const { set, to } of steps[state]!) if (set.has(code)) targets.push(to);
  return targets;
}
