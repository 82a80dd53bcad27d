import { type Automaton, after, automatonOf, closure } from "./pattern-automaton";

/** States that end a search: the text cannot fit any more, or fits whatever follows. */
const FAILED = 0;
const FOUND = 1;

/** A byte has to be enough for a state. */
const MAX_STATES = 256;

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
  const automaton = automatonOf(regExp);
  const { last, toEnd } = automaton;
  const { classOf, classes } = classesOf(automaton);
  const closures = new Map<string, number[]>();
  const closureOf = (targets: readonly number[]): number[] => {
    const key = targets.join();
    const made = closures.get(key) ?? closure(automaton, targets);
    closures.set(key, made);
    return made;
  };
  const first = closure(automaton, [0]);
  const states = new Map([[first.join(), first]]);
  const rows = new Map<string, string[]>();
  const isEnd = (members: readonly number[]) => members.includes(last);
  const isFound = (members: readonly number[]) => !toEnd && isEnd(members);
  for (const [name, members] of states) {
    const row = classes.map((code) => {
      const targets = after(automaton, members, code);
      if (targets.length === 0) return "failed";
      const next = closureOf(targets);
      if (isFound(next)) return "found";
      const key = next.join();
      states.set(key, next);
      return key;
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
