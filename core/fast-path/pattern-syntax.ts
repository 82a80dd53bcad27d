/** The most repetitions of what has no limit. */
export const UNLIMITED = Number.POSITIVE_INFINITY;

/** The codes of characters, of ASCII alone. */
export type CharacterSet = ReadonlySet<number>;

/** What a regular expression is made of. */
export type PatternPart =
  | { readonly kind: "set"; readonly set: CharacterSet }
  | { readonly kind: "sequence" | "choice"; readonly parts: readonly PatternPart[] }
  | {
      readonly kind: "repeat";
      readonly part: PatternPart;
      readonly min: number;
      readonly max: number;
      /** Whether it takes as few as it can. */
      readonly isLazy: boolean;
    }
  /** What a group has matched, groups counted from 0 on; what has to follow; the text's end. */
  | { readonly kind: "group"; readonly index: number; readonly part: PatternPart }
  | { readonly kind: "ahead"; readonly part: PatternPart }
  | { readonly kind: "end" };

export interface AnchoredPattern {
  readonly pattern: PatternPart;
  /** Whether it has to begin where a text does, and to end where the text ends. */
  readonly fromStart: boolean;
  readonly toEnd: boolean;
}

const codesWhere = (isIn: (character: string) => boolean): CharacterSet =>
  new Set(Array.from({ length: 128 }, (_, code) => code).filter((code) => isIn(String.fromCharCode(code))));

export const ANY_CHARACTER: CharacterSet = codesWhere(() => true);
const DOT = codesWhere((character) => !"\n\r".includes(character));
const CLASSES: Readonly<Record<string, CharacterSet>> = {
  d: codesWhere((character) => /\d/.test(character)),
  w: codesWhere((character) => /\w/.test(character)),
  s: codesWhere((character) => /\s/.test(character)),
  S: codesWhere((character) => /\S/.test(character)),
  t: new Set([0x09]),
  n: new Set([0x0a]),
  r: new Set([0x0d]),
};

/**
 * Takes a regular expression apart that has no more than characters, classes, groups, alternatives, counts, what has to follow, and
 * anchors at its ends.
 *
 * @throws Error for any other
 */
export function parsePattern({ source, flags }: RegExp): AnchoredPattern {
  if (flags !== "" && flags !== "s") throw new Error(`a pattern with the flags ${flags}`);
  const fromStart = source.startsWith("^");
  const toEnd = source.endsWith("$") && !source.endsWith("\\$");
  const syntax = new PatternSyntax(source.slice(fromStart ? 1 : 0, toEnd ? -1 : undefined), flags === "s");
  const pattern = syntax.whole();
  if (pattern.kind === "choice" && (fromStart || toEnd)) throw new Error(`an anchor of one alternative: ${source}`);
  return { pattern, fromStart, toEnd };
}

/**
 * Takes a regular expression apart that is tried at one place of a text, whether by the flag `y` or by a `^`.
 *
 * @throws Error for one that has more than the syntax of `parsePattern`
 */
export function parsePlaced({ source, flags }: RegExp): PatternPart {
  if (flags !== "y" && !source.startsWith("^")) throw new Error(`a pattern without a place: ${source}`);
  return new PatternSyntax(source.replace(/^\^/, ""), false).whole();
}

class PatternSyntax {
  readonly #source: string;
  readonly #dot: CharacterSet;
  #at = 0;
  #groups = 0;

  constructor(source: string, hasDotAll: boolean) {
    this.#source = source;
    this.#dot = hasDotAll ? ANY_CHARACTER : DOT;
  }

  whole(): PatternPart {
    const pattern = this.#choice();
    if (this.#at < this.#source.length) throw this.#unknown();
    return pattern;
  }

  #choice(): PatternPart {
    const parts = [this.#sequence()];
    while (this.#take("|")) parts.push(this.#sequence());
    return parts.length === 1 ? parts[0]! : { kind: "choice", parts };
  }

  #sequence(): PatternPart {
    const parts: PatternPart[] = [];
    while (this.#at < this.#source.length && !"|)".includes(this.#next())) parts.push(this.#counted(this.#atom()));
    return { kind: "sequence", parts };
  }

  #counted(part: PatternPart): PatternPart {
    const [min, max] = this.#count();
    if (min === 1 && max === 1) return part;
    return { kind: "repeat", part, min, max, isLazy: this.#take("?") };
  }

  #count(): readonly [min: number, max: number] {
    if (this.#take("?")) return [0, 1];
    if (this.#take("*")) return [0, UNLIMITED];
    if (this.#take("+")) return [1, UNLIMITED];
    const count = /\{(\d+)(,?)(\d*)\}/y;
    count.lastIndex = this.#at;
    const [all, min, comma, max] = count.exec(this.#source) ?? [];
    if (all === undefined) return [1, 1];
    this.#at += all.length;
    return [Number(min), comma === "" ? Number(min) : Number(max || UNLIMITED)];
  }

  #atom(): PatternPart {
    if (this.#take("(")) return this.#group();
    if (this.#take("[")) return { kind: "set", set: this.#class() };
    if (this.#take(".")) return { kind: "set", set: this.#dot };
    if (this.#take("$")) return { kind: "end" };
    if ("*+?{}^".includes(this.#next())) throw this.#unknown();
    return { kind: "set", set: this.#character() };
  }

  #group(): PatternPart {
    const isGroup = !this.#take("?");
    const isAhead = !isGroup && this.#take("=");
    if (!isGroup && !isAhead && !this.#take(":")) throw this.#unknown();
    const index = isGroup ? this.#groups++ : 0;
    const part = this.#choice();
    if (!this.#take(")")) throw this.#unknown();
    if (isGroup) return { kind: "group", index, part };
    return isAhead ? { kind: "ahead", part } : part;
  }

  #class(): CharacterSet {
    const isNegated = this.#take("^");
    const set = new Set<number>();
    while (!this.#take("]")) {
      const first = this.#character();
      const isRange = this.#next() === "-" && this.#source[this.#at + 1] !== "]";
      if (isRange && first.size === 1) {
        this.#at++;
        const [[from], [to]] = [[...first], [...this.#character()]];
        for (let code = from!; code <= to!; code++) set.add(code);
      } else {
        for (const code of first) set.add(code);
      }
    }
    return isNegated ? codesWhere((character) => !set.has(character.charCodeAt(0))) : set;
  }

  #character(): CharacterSet {
    const isEscaped = this.#take("\\");
    const character = this.#next();
    if (character === "") throw this.#unknown();
    this.#at++;
    const known = isEscaped ? CLASSES[character] : undefined;
    if (known === undefined && (character > "\x7e" || (isEscaped && /[A-Za-z\d]/.test(character))))
      throw this.#unknown();
    return known ?? new Set([character.charCodeAt(0)]);
  }

  #next(): string {
    return this.#source[this.#at] ?? "";
  }

  #take(character: string): boolean {
    if (this.#next() !== character) return false;
    this.#at++;
    return true;
  }

  #unknown(): Error {
    return new Error(`a pattern that no table is made of: ${this.#source}, at ${this.#at}`);
  }
}
