import type { JsonText } from "./json-text";
import type { LineShape } from "./line-source";

/**
 * Writes a program's own fields as members of a line. None of them takes the place of the library's: `event.id` decides which lines
 * are one document, and whoever's text is logged may choose names. A field with a reserved name gets a `_` at its end, and an object
 * whose name reserved ones begin with is taken apart, since an engine reads `{"log":{"level":…}}` as `log.level`.
 */
export class OwnFields {
  /** The names that were written. No engine takes a line that has one of them twice. */
  readonly names = new Set<string>();

  constructor(
    readonly json: JsonText,
    readonly shape: LineShape,
    readonly fields: object,
  ) {}

  /**
   * Returns the members, each with a comma before it.
   *
   * @param except name of a field that is left out
   */
  written(except?: string): string {
    return this.#below("", this.fields, except);
  }

  #below(path: string, fields: object, except?: string): string {
    const { reserved, prefixes } = this.shape;
    let text = "";
    for (const own of this.json.names(fields)) {
      if (own === except) continue;
      const value = this.json.read(fields, own);
      const name = path + own;
      if (!reserved.has(name) && !prefixes.has(name))
        text += this.#member(path === "" ? name : this.#unused(name), value);
      else if (prefixes.has(name) && isPlain(value)) text += this.#below(`${name}.`, value);
      else text += this.#member(this.#unused(`${name}_`), value);
    }
    return text;
  }

  #member(name: string, value: unknown): string {
    const text = this.json.member(name, value);
    if (text !== "") this.names.add(name);
    return text;
  }

  #unused(name: string): string {
    let unused = name;
    while (this.names.has(unused) || Object.hasOwn(this.fields, unused)) unused += "_";
    return unused;
  }
}

/** Whether something has members that can be taken apart: no list, date, map, or anything with a text of its own. */
function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  try {
    const prototype: unknown = Object.getPrototypeOf(value);
    return (prototype === Object.prototype || prototype === null) && !("toJSON" in value);
  } catch {
    return false;
  }
}
