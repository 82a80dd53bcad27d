import type { LayoutPart } from "../parsers/layout-part";
import { type CharacterSet, type PatternPart, parsePlaced, UNLIMITED } from "./pattern-syntax";
import type { ProgramWriter } from "./program-writer";

/** Beside assembly/fields/matcher.ts. */
const OPS = {
  ...{ done: 0, set: 1, text: 2, greedy: 3, lazy: 4, choice: 5 },
  ...{ open: 6, close: 7, ahead: 8, end: 9, part: 10, loop: 11 },
};

/** The number of a greedy step that keeps all that it takes. */
const KEEPS_ALL = 1;

/** Texts are compared as 16 bytes. */
const MAX_TEXT = 16;

/** A bit of a mask for each. */
const MAX_COLUMNS = 32;

/** More characters than a message has that the encoder reads. */
const UNBOUNDED = 0xffff;

/** What the encoder does at a place of a text, and what follows if that fits. */
interface Step {
  readonly op: keyof typeof OPS;
  /** undefined: nothing follows. */
  readonly next?: Step;
  readonly set?: CharacterSet;
  readonly text?: string;
  readonly column?: number;
  readonly min?: number;
  readonly max?: number;
  /** What is tried, in this order. */
  readonly choices?: readonly Choice[];
  /** What has to fit on its own. */
  readonly inner?: Step;
}

interface Choice {
  readonly step: Step;
  /** That it may leave behind if it does not fit, a bit for each. */
  readonly columns: number;
}

const DONE: Step = { op: "done" };

/**
 * Writes the steps by which the encoder matches a text with layouts, as `matchLayout` does: assembly/fields/matcher.ts documents them.
 *
 * @returns the address of the first
 * @throws Error for a pattern that has more than the syntax of `parsePlaced`, or counts what is no single character without a limit
 */
export const writeMatcher = (parts: readonly LayoutPart[], writer: ProgramWriter): number =>
  writer.once(parts, () => new StepWriter(writer).address(stepOfParts(parts)));

function stepOfParts(parts: readonly LayoutPart[]): Step {
  const choices = parts.map(({ pattern, columns, next }): Choice => {
    const compiled = new PartCompiler(columns);
    const inner = compiled.before(parsePlaced(pattern), DONE);
    const step: Step = { op: "part", inner, next: next.length === 0 ? DONE : stepOfParts(next) };
    return { step, columns: maskOf(columns) };
  });
  return { op: "choice", choices };
}

function maskOf(columns: readonly (number | undefined)[]): number {
  let mask = 0;
  for (const column of columns) if (column !== undefined) mask |= 1 << column;
  return mask >>> 0;
}

class PartCompiler {
  readonly #columns: readonly (number | undefined)[];

  constructor(columns: readonly (number | undefined)[]) {
    if (columns.some((column) => column !== undefined && column >= MAX_COLUMNS)) throw new Error("too many columns");
    this.#columns = columns;
  }

  /** @returns the first step of a pattern, and of all that follows it */
  before(pattern: PatternPart, next: Step): Step {
    switch (pattern.kind) {
      case "set":
        return beforeSet(pattern.set, next);
      case "sequence":
        return pattern.parts.reduceRight((after, part) => this.before(part, after), next);
      case "choice": {
        const words = wordsOf(pattern.parts, next);
        if (words) return { op: "part", inner: words, next };
        return { op: "choice", choices: pattern.parts.map((part) => this.#choice(part, next)) };
      }
      case "group": {
        const column = this.#columns[pattern.index];
        if (column === undefined) return this.before(pattern.part, next);
        return { op: "open", column, next: this.before(pattern.part, { op: "close", column, next }) };
      }
      case "ahead":
        return { op: "ahead", inner: this.before(pattern.part, DONE), next };
      case "end":
        return { op: "end", next };
      case "repeat":
        return this.#repeat(pattern, next);
    }
  }

  #choice(part: PatternPart, next: Step): Choice {
    return { step: this.before(part, next), columns: this.#maskOf(part) };
  }

  #repeat({ part, min, max, isLazy }: PatternPart & { kind: "repeat" }, next: Step): Step {
    if (part.kind === "set") return { op: isLazy ? "lazy" : "greedy", set: part.set, min, max, next };
    if (max === UNLIMITED) throw new Error("a repeated group without a limit");
    const columns = this.#maskOf(part);
    const inner = this.before(part, DONE);
    if (max > 1 && columns === 0 && !isLazy && hasOneWay(inner)) return { op: "loop", inner, min, max, next };
    let step = next;
    for (let i = max; i > min; i--) {
      const more: Choice = { step: this.before(part, step), columns };
      const none: Choice = { step: next, columns: 0 };
      step = { op: "choice", choices: isLazy ? [none, more] : [more, none] };
    }
    for (let i = min; i > 0; i--) step = this.before(part, step);
    return step;
  }

  #maskOf(part: PatternPart): number {
    if (part.kind === "group") return maskOf([this.#columns[part.index]]) | this.#maskOf(part.part);
    if (part.kind === "repeat" || part.kind === "ahead") return this.#maskOf(part.part);
    if (part.kind === "set" || part.kind === "end") return 0;
    return part.parts.reduce((mask, one) => mask | this.#maskOf(one), 0);
  }
}

/** Characters one after the other are one text, if they are themselves in JSON. */
function beforeSet(set: CharacterSet, next: Step): Step {
  const [code] = set;
  const isText = set.size === 1 && /[ !#-[\]-~]/.test(String.fromCharCode(code!));
  if (!isText) return { op: "set", set, next };
  const text = String.fromCharCode(code!);
  if (next.op !== "text" || next.text!.length === MAX_TEXT) return { op: "text", text, next };
  return { ...next, text: text + next.text! };
}

const firsts = new WeakMap<Step, { readonly set: CharacterSet | undefined }>();

/** The characters that a text begins with if a step and what follows it fit; undefined: it may be any, or empty. */
function firstOf(step: Step): CharacterSet | undefined {
  const known = firsts.get(step) ?? { set: newFirstOf(step) };
  firsts.set(step, known);
  return known.set;
}

function newFirstOf({ op, set, text, min, inner, choices, next }: Step): CharacterSet | undefined {
  if (op === "done" || op === "end") return undefined;
  if (text !== undefined) return new Set([text.charCodeAt(0)]);
  if (set && (op === "set" || min! > 0)) return set;
  if (set) return union([set, firstOf(next!)]);
  if (choices) return union(choices.map((choice) => firstOf(choice.step)));
  if (op === "part" || (op === "loop" && min! > 0)) return firstOf(inner!);
  return op === "loop" ? union([firstOf(inner!), firstOf(next!)]) : firstOf(next!);
}

/** Words of a kind are in many layouts. */
const knownWords = new Map<string, Step>();

/**
 * What matches one of some words, the same for all patterns that have them.
 *
 * @returns undefined if they are no words, or what follows may be the rest of one
 */
function wordsOf(parts: readonly PatternPart[], next: Step): Step | undefined {
  const words: string[] = [];
  for (const part of parts) {
    const codes = part.kind === "sequence" ? part.parts.map((one) => (one.kind === "set" ? [...one.set] : [])) : [];
    if (codes.length === 0 || codes.some((each) => each.length !== 1)) return undefined;
    words.push(String.fromCharCode(...codes.flat()));
  }
  const following = firstOf(next);
  if (following === undefined) return undefined;
  const isRest = (word: string, begin: string) =>
    word.length > begin.length && word.startsWith(begin) && following.has(word.charCodeAt(begin.length));
  if (words.some((word) => words.some((begin) => isRest(word, begin)))) return undefined;
  const key = words.join("|");
  const known = knownWords.get(key) ?? {
    op: "choice",
    choices: parts.map((part) => ({ step: new PartCompiler([]).before(part, DONE), columns: 0 })),
  };
  knownWords.set(key, known);
  return known;
}

/** Whether there is one way only in which a text fits. */
function hasOneWay({ op, set, next }: Step): boolean {
  if (op === "greedy" && next !== DONE && areApart(set!, firstOf(next!))) return hasOneWay(next!);
  if (op !== "set" && op !== "text") return false;
  return next === DONE || hasOneWay(next!);
}

class StepWriter {
  readonly #writer: ProgramWriter;
  readonly #known = new Map<Step, number>();

  constructor(writer: ProgramWriter) {
    this.#writer = writer;
  }

  /** @returns the address of a step, written behind all that follow it */
  address(step: Step): number {
    const address = this.#known.get(step) ?? this.#write(step);
    this.#known.set(step, address);
    return address;
  }

  #write(step: Step): number {
    const { op, set, text = "", column = 0, choices = [], next } = step;
    if (op !== "greedy" && op !== "lazy") return this.#writeAs(op, column + text.length + choices.length, step);
    const isApart = areApart(set!, firstOf(next!));
    return isApart ? this.#writeAs("greedy", KEEPS_ALL, step) : this.#writeAs(op, 0, step);
  }

  #writeAs(op: Step["op"], number: number, step: Step): number {
    const { next, min = 0, max = 0 } = step;
    const following = next === undefined ? 0 : this.address(next);
    const [argument, first] = this.#argumentsOf(step);
    const counts = min + (Math.min(max, UNBOUNDED) << 16);
    return this.#writer.words([OPS[op] + (number << 8), following, argument, counts >>> 0, first]);
  }

  /** The address of what a step works with, and that of the characters that what follows it may begin with. */
  #argumentsOf({ set, text, inner, choices, next }: Step): readonly [argument: number, first: number] {
    if (set) return [this.#set(set), this.#set(firstOf(next!))];
    if (text !== undefined) return [this.#writer.text(text)[0], 0];
    if (inner) return [this.address(inner), 0];
    if (!choices) return [0, 0];
    const entries = choices.flatMap(({ step, columns }) => [
      this.#set(firstOf(step)),
      this.address(step),
      columns >>> 0,
    ]);
    return [this.#writer.words(entries), 0];
  }

  /** @returns 0 if any character may be there, or none */
  #set(set: CharacterSet | undefined): number {
    if (set === undefined) return 0;
    return this.#writer.shared(bitsOf(set));
  }
}

/** The same bytes for the same characters. */
const knownBits = new Map<string, Buffer>();

function bitsOf(set: CharacterSet): Buffer {
  const bits = Buffer.alloc(16);
  for (const code of set) bits[code >> 3]! |= 1 << (code & 7);
  const key = bits.toString("hex");
  const known = knownBits.get(key) ?? bits;
  knownBits.set(key, known);
  return known;
}

/** Whether none of the characters may follow: then as many as possible are taken, even by a lazy step, or the text does not fit. */
const areApart = (set: CharacterSet, first: CharacterSet | undefined): boolean =>
  first !== undefined && ![...first].some((code) => set.has(code));

function union(sets: readonly (CharacterSet | undefined)[]): CharacterSet | undefined {
  const all = new Set<number>();
  for (const set of sets) {
    if (set === undefined) return undefined;
    for (const code of set) all.add(code);
  }
  return all;
}
