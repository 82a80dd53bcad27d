import { isError } from "./is-error";
import { shortText } from "./short-text";
import { TooLongError } from "./too-long-error";

/** How much of a value is written. */
export interface TextLimits {
  /** Maximum length of all that is written, in characters. */
  maxLength: number;
  /** Maximum length of one string; a longer one is cut, and says so. */
  maxString: number;
  /** Maximum number of members of one object, list, map or set; the others are left out. */
  maxItems: number;
}

/**
 * Maximum number of objects around one another.
 *
 * Source: OpenSearch, "Mapping limit settings": `index.mapping.depth.limit` is 20.
 */
const MAX_DEPTH = 20;

/**
 * Writes values as JSON, whatever they are: nothing that an object does (a getter, `toJSON`, a trap of a proxy) makes it throw, and
 * cycles end. Beyond JSON, dates, errors, maps, sets, symbols, BigInts and binary data are written as a reader would expect.
 */
export class JsonText {
  /** How many values could not be written: they threw, or contain themselves. */
  unsayable = 0;
  /** Whether a string was cut, or members were left out. */
  isCut = false;
  #left: number;
  readonly #parents: object[] = [];

  constructor(readonly limits: TextLimits) {
    this.#left = limits.maxLength;
  }

  /**
   * Returns a value as JSON; undefined for what JSON leaves out: `undefined` and functions.
   *
   * @throws {TooLongError} if it is longer than `maxLength`
   */
  value(value: unknown): string | undefined {
    switch (typeof value) {
      case "string":
        return this.string(value);
      case "number":
        return this.#counted(Number.isFinite(value) ? String(value) : "null");
      case "boolean":
        return this.#counted(String(value));
      case "bigint":
        return this.#counted(`"${value}"`);
      case "symbol":
        return this.string(String(value));
      case "object":
        return value === null ? this.#counted("null") : this.#object(value);
      default:
        return undefined;
    }
  }

  /** Returns a string as JSON. */
  string(text: string): string {
    const { maxString } = this.limits;
    if (text.length <= maxString) return this.#counted(JSON.stringify(text));
    this.isCut = true;
    return this.#counted(JSON.stringify(`${text.slice(0, maxString)}… (${text.length - maxString} characters cut)`));
  }

  /** Returns the members of an object, each as `"name":value`, joined by commas; "" if it has none. */
  members(object: object): string {
    let text = "";
    for (const name of this.names(object)) text += this.member(name, this.read(object, name), text);
    return text;
  }

  /**
   * Returns a member, `"name":value`; "" for what JSON leaves out.
   *
   * @param before text of the members before it; a comma follows it unless it is empty. @default there are some
   */
  member(name: string, value: unknown, before = ","): string {
    const json = this.value(value);
    // Of what is left out, too, there may be more than can be looked at.
    if (json === undefined) return this.#counted("");
    return before === "" ? `${this.string(name)}:${json}` : `,${this.string(name)}:${json}`;
  }

  /** The names of an object's own members, up to `maxItems`. */
  names(object: object): string[] {
    const names = Object.keys(object);
    if (names.length <= this.limits.maxItems) return names;
    this.isCut = true;
    return names.slice(0, this.limits.maxItems);
  }

  /** Reads a member of an object; one that throws is the error's text. */
  read(object: object, name: string): unknown {
    try {
      return (object as Record<string, unknown>)[name];
    } catch (error) {
      this.unsayable++;
      return `[throws ${shortText(error)}]`;
    }
  }

  #counted(text: string): string {
    this.#left -= text.length + 1;
    if (this.#left < 0) throw new TooLongError();
    return text;
  }

  #object(object: object): string {
    if (this.#parents.includes(object)) return this.#unsayable("[circular]");
    if (this.#parents.length >= MAX_DEPTH) return this.#unsayable(`[deeper than ${MAX_DEPTH}]`);
    // Its brackets: lists that contain one another may be few, and their text endless.
    this.#counted("[");
    this.#parents.push(object);
    try {
      return this.#written(object);
    } catch (error) {
      if (error instanceof TooLongError) throw error;
      return this.#unsayable(`[throws ${shortText(error)}]`);
    } finally {
      this.#parents.pop();
    }
  }

  #unsayable(text: string): string {
    this.unsayable++;
    return this.string(text);
  }

  #written(object: object): string {
    if (Array.isArray(object)) return this.#list(object, object.length);
    if (object instanceof Map) return this.#map(object);
    if (object instanceof Set) return this.#list(object, object.size);
    if (object instanceof Date) return this.#counted(Number.isNaN(object.getTime()) ? "null" : JSON.stringify(object));
    if (ArrayBuffer.isView(object)) return this.#binary(object);
    if (isError(object)) return this.#error(object);
    // As JSON.stringify, which also takes the value out of the objects of primitives.
    const { toJSON } = object as { toJSON?: unknown };
    if (typeof toJSON === "function") {
      const replaced: unknown = toJSON.call(object);
      return replaced === object ? `{${this.members(object)}}` : (this.value(replaced) ?? this.#counted("null"));
    }
    if (object instanceof String || object instanceof Number || object instanceof Boolean) {
      return this.value(object.valueOf()) ?? "null";
    }
    return `{${this.members(object)}}`;
  }

  #map(map: Map<unknown, unknown>): string {
    let text = "";
    let count = 0;
    /** Names so far, with how often each was to be written again. */
    const names = new Map<string, number>();
    for (const [key, value] of map) {
      if (count++ === this.limits.maxItems) {
        this.isCut = true;
        break;
      }
      const given = shortText(key);
      let name = given;
      let again = names.get(given) ?? 0;
      while (names.has(name)) name = `${given}_${++again}`;
      names.set(name, 0).set(given, again);
      text += this.member(name, value, text);
    }
    return `{${text}}`;
  }

  #error(error: Error): string {
    const { name, message, stack } = error;
    let text = this.members({ type: name, message, stack });
    for (const own of this.names(error)) {
      if (!["type", "message", "stack"].includes(own)) text += this.member(own, this.read(error, own), text);
    }
    return `{${text}}`;
  }

  #list(items: Iterable<unknown>, length: number): string {
    const { maxItems } = this.limits;
    let text = "";
    let count = 0;
    for (const item of items) {
      if (count++ > 0) text += ",";
      if (count > maxItems) return `[${text}${this.#leftOut(length - maxItems)}]`;
      text += this.value(item) ?? this.#counted("null");
    }
    return `[${text}]`;
  }

  #leftOut(count: number): string {
    this.isCut = true;
    return this.string(`… (${count} more)`);
  }

  #binary(view: ArrayBufferView): string {
    const bytes = Buffer.from(view.buffer, view.byteOffset, view.byteLength);
    // Base64 makes a third more of it.
    const kept = bytes.subarray(0, Math.floor(this.limits.maxString / 2));
    if (kept.length < bytes.length) this.isCut = true;
    return this.string(kept.toString("base64"));
  }
}
