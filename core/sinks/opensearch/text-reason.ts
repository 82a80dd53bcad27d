import { type JsonVisitor, scanJson } from "../../json/scan";
import { FIELD_LIMITS as LIMITS } from "./field-limits";
import { reasonOfNumber, reasonOfText } from "./number-reason";

/**
 * Says why a JSON object must not be sent as fields: it is beyond one of `FIELD_LIMITS`, or one of its objects has a name twice.
 *
 * Engines reject the latter, too, but only after they have read the first of the two values, which no parsed object shows.
 *
 * @param json valid JSON, an object
 * @returns undefined if it may be sent
 */
export function textReason(json: string): string | undefined {
  return scanJson(json, new FieldsVisitor());
}

/** An object or array that is open. */
interface Level {
  /** Levels, with the dots in the names that it is below. */
  readonly depth: number;
  /** Characters of its name and of those that it is in, and a dot after each. */
  readonly path: number;
  /** Those of an object that were read; an array has none. */
  readonly names: Set<string>;
}

class FieldsVisitor implements JsonVisitor<string> {
  readonly #open: Level[] = [];
  /** Dots in the name of the value that comes next; 0 in an array. */
  #dots = 0;
  /** As in `Level`, of that value. */
  #path = 0;
  #steps = 0;
  #namesLength = 0;
  #pathsLength = 0;

  open(): string | undefined {
    const depth = this.#depth() + this.#dots + 1;
    this.#open.push({ depth, path: this.#path, names: new Set() });
    this.#dots = 0;
    return depth > LIMITS.levels ? TOO_DEEP : undefined;
  }

  close(): void {
    this.#open.pop();
  }

  item(): string | undefined {
    this.#path = this.#open.at(-1)!.path;
    return this.#step(1);
  }

  name(name: string): string | undefined {
    const { depth, path, names } = this.#open.at(-1)!;
    if (names.has(name)) return "a name twice in one object";
    names.add(name);
    this.#dots = dotsIn(name);
    this.#path = path + name.length + 1;
    this.#namesLength += name.length;
    if (depth + this.#dots > LIMITS.levels) return TOO_DEEP;
    if (name.length > LIMITS.nameLength)
      return `a name of ${name.length} characters, the limit is ${LIMITS.nameLength}`;
    if (this.#namesLength > LIMITS.namesLength) return `names of more than ${LIMITS.namesLength} characters in all`;
    return this.#step(1 + this.#dots);
  }

  text(text: string): string | undefined {
    return reasonOfText(text);
  }

  number(token: string): string | undefined {
    return reasonOfNumber(token);
  }

  /** Counts a value that comes next, whose path is `#path`. */
  #step(steps: number): string | undefined {
    this.#steps += steps;
    this.#pathsLength += this.#path;
    if (this.#steps > LIMITS.steps) return `more than ${LIMITS.steps} names, dots in names and values of arrays`;
    if (this.#pathsLength > LIMITS.pathsLength) return `paths of more than ${LIMITS.pathsLength} characters in all`;
    return undefined;
  }

  #depth(): number {
    return this.#open.at(-1)?.depth ?? 0;
  }
}

const TOO_DEEP = `deeper than ${LIMITS.levels} levels`;

function dotsIn(name: string): number {
  let dots = 0;
  for (let at = name.indexOf("."); at >= 0; at = name.indexOf(".", at + 1)) dots++;
  return dots;
}
