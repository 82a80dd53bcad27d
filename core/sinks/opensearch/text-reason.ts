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
  /** Those of an object that were read; an array has none. */
  readonly names: Set<string>;
}

class FieldsVisitor implements JsonVisitor<string> {
  readonly #open: Level[] = [];
  /** Dots in the name of the value that comes next; 0 in an array. */
  #dots = 0;
  #steps = 0;
  #namesLength = 0;

  open(): string | undefined {
    const depth = this.#depth() + this.#dots + 1;
    this.#open.push({ depth, names: new Set() });
    this.#dots = 0;
    return depth > LIMITS.levels ? TOO_DEEP : undefined;
  }

  close(): void {
    this.#open.pop();
  }

  name(name: string): string | undefined {
    const { depth, names } = this.#open.at(-1)!;
    if (names.has(name)) return "a name twice in one object";
    names.add(name);
    this.#dots = dotsIn(name);
    this.#steps += 1 + this.#dots;
    this.#namesLength += name.length;
    if (depth + this.#dots > LIMITS.levels) return TOO_DEEP;
    if (name.length > LIMITS.nameLength)
      return `a name of ${name.length} characters, the limit is ${LIMITS.nameLength}`;
    if (this.#steps > LIMITS.steps) return `more than ${LIMITS.steps} names and dots in names`;
    if (this.#namesLength > LIMITS.namesLength) return `names of more than ${LIMITS.namesLength} characters in all`;
    return undefined;
  }

  text(text: string): string | undefined {
    return reasonOfText(text);
  }

  number(token: string): string | undefined {
    return reasonOfNumber(token);
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
