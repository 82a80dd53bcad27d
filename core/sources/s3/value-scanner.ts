import type { ObjectPosition } from "./object-position";

const code = (char: string): number => char.charCodeAt(0);
const QUOTE = code('"');
const BACKSLASH = code("\\");
const OPEN_BRACE = code("{");
const CLOSE_BRACE = code("}");
const OPEN_BRACKET = code("[");
const CLOSE_BRACKET = code("]");
const COLON = code(":");
const COMMA = code(",");
const LF = code("\n");
const SPACE = code(" ");
const RECORDS = Buffer.from("Records");

/** What stands before the next byte. */
type Mode =
  | "between"
  /** An object, an array or a string that is a value. */
  | "json"
  /** Between the other members of an object whose `Records` are read. */
  | "wrapper"
  /** Such a member: a value, too. */
  | "member"
  /** A number, `true` or alike in an array. */
  | "token"
  /** No JSON: a line. */
  | "text";

/** `begin`: a value begins at `at`. `end`: it ends before `at`. `wrapper`: what began is none, but leads to the values that follow. */
export type ValueEvent = "begin" | "end" | "wrapper";

/** Finds where JSON values begin and end, by their brackets and strings alone, however their bytes come in parts. */
export class ValueScanner {
  /** Behind the last byte that was read. */
  at = 0;
  #mode: Mode = "between";
  #depth = 0;
  #isString = false;
  #isEscaped = false;
  /** Whether no name of a root's object was read: behind another one, `Records` are the application's, and its object a value. */
  #isFirstName = false;
  /** In a root's object: how much of a name is that of `Records`; -1: it is another one. */
  #matched = -1;
  /** After that name: nothing but a colon may come before its array. */
  #isRecords = false;

  constructor(public form: ObjectPosition["form"]) {
    if (form === "members") this.#open("wrapper", 1);
  }

  /** Whether an element of an array comes next, if anything does. */
  get isBetweenElements(): boolean {
    return this.#mode === "between" && (this.form === "array" || this.form === "records");
  }

  /** Reads on in `bytes` from `at`, to the next event. @returns undefined: there is none before their end */
  next(bytes: Buffer): ValueEvent | undefined {
    for (;;) {
      if (this.at >= bytes.length) return undefined;
      switch (this.#mode) {
        case "between":
          if (this.#begins(bytes)) return "begin";
          break;
        case "token":
        case "text": {
          const end = this.#endOfText(bytes);
          if (end) return "end";
          break;
        }
        case "wrapper":
          if (this.#beginsMember(bytes)) return "begin";
          break;
        default: {
          const event = this.#json(bytes);
          if (event) return event;
        }
      }
    }
  }

  /** @returns whether a value begins at `at` */
  #begins(bytes: Buffer): boolean {
    for (; this.at < bytes.length; this.at++) {
      const byte = bytes[this.at]!;
      if (byte <= SPACE || byte === COMMA) continue;
      const isRoot = this.form === "values";
      if (isRoot && byte === OPEN_BRACKET) {
        this.form = "array";
        continue;
      }
      if (!isRoot && byte === CLOSE_BRACKET) {
        this.at++;
        if (this.form === "records") this.#open("wrapper", 1);
        this.form = this.form === "records" ? "members" : "values";
        return false;
      }
      if (byte === OPEN_BRACE || byte === OPEN_BRACKET || (!isRoot && byte === QUOTE)) this.#open("json", 0);
      else this.#open(isRoot || byte === CLOSE_BRACE ? "text" : "token", 0);
      return true;
    }
    return false;
  }

  /** @returns whether a member of the object begins at `at` */
  #beginsMember(bytes: Buffer): boolean {
    for (; this.at < bytes.length; this.at++) {
      const byte = bytes[this.at]!;
      if (byte <= SPACE || byte === COMMA) continue;
      if (byte === QUOTE) {
        this.#open("member", 1);
        return true;
      }
      // An object without an end must not take all that follows along.
      if (byte === CLOSE_BRACE) this.at++;
      this.#endWrapper();
      return false;
    }
    return false;
  }

  #endWrapper(): void {
    this.form = "values";
    this.#mode = "between";
  }

  #open(mode: Mode, depth: number): void {
    this.#mode = mode;
    this.#depth = depth;
    this.#isString = false;
    this.#isEscaped = false;
    this.#isRecords = false;
    this.#isFirstName = true;
  }

  #endOfText(bytes: Buffer): boolean {
    for (; this.at < bytes.length; this.at++) {
      const byte = bytes[this.at]!;
      if (byte !== LF && (this.#mode === "text" || (byte > SPACE && byte !== COMMA && byte !== CLOSE_BRACKET)))
        continue;
      this.#mode = "between";
      return true;
    }
    return false;
  }

  #json(bytes: Buffer): "end" | "wrapper" | undefined {
    const isMember = this.#mode === "member";
    if (!isMember && this.form !== "values") return this.#endsElement(bytes) ? this.#end() : undefined;
    while (this.at < bytes.length) {
      if (this.#isString) {
        const mayBeRecords = this.#depth === 1 && this.#isFirstName;
        if (!this.#endsString(bytes, mayBeRecords)) return undefined;
        this.#isFirstName = false;
        if (this.#mode === "between") {
          this.form = "values";
          return "end";
        }
        continue;
      }
      const byte = bytes[this.at++]!;
      if (byte <= SPACE) continue;
      if (isMember && this.#depth === 1 && (byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET)) {
        this.at--;
        this.#mode = "wrapper";
        return "end";
      }
      const isRecords = this.#isRecords;
      if (byte === COLON && isRecords) continue;
      this.#isRecords = false;
      if (byte === QUOTE) {
        this.#isString = true;
        this.#matched = 0;
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (isRecords && byte === OPEN_BRACKET) {
          this.form = "records";
          this.#mode = "between";
          return "wrapper";
        }
        this.#depth++;
      } else if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && --this.#depth <= 0) {
        return this.#end();
      }
    }
    return undefined;
  }

  /** Elements are nearly all of a content, and nothing in them matters but brackets and strings. @returns whether it ends */
  #endsElement(bytes: Buffer): boolean {
    const { length } = bytes;
    let at = this.at;
    let depth = this.#depth;
    let isString = this.#isString;
    let isEscaped = this.#isEscaped;
    let isOver = false;
    while (at < length && !isOver) {
      if (isString) {
        if (isEscaped) at++;
        let byte = 0;
        while (at < length) {
          byte = bytes[at++]!;
          if (byte === QUOTE || byte === BACKSLASH || byte === LF) break;
        }
        isEscaped = byte === BACKSLASH;
        if (byte === QUOTE) isString = false;
        isOver = byte === LF || (byte === QUOTE && depth === 0);
        // No string of JSON has it: what began here is no JSON, and must not take the next lines along.
        if (byte === LF) at--;
        continue;
      }
      const byte = bytes[at++]!;
      if (byte === QUOTE) isString = true;
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) isOver = --depth <= 0;
    }
    this.at = at;
    this.#depth = depth;
    this.#isString = isString;
    this.#isEscaped = isEscaped;
    return isOver;
  }

  #end(): "end" {
    this.#mode = "between";
    return "end";
  }

  /** @returns whether the string ends */
  #endsString(bytes: Buffer, mayBeRecords: boolean): boolean {
    for (; this.at < bytes.length; this.at++) {
      const byte = bytes[this.at]!;
      if (this.#isEscaped) {
        this.#isEscaped = false;
      } else if (byte === QUOTE) {
        this.at++;
        this.#isString = false;
        this.#isRecords = mayBeRecords && this.#matched === RECORDS.length;
        return true;
      } else if (byte === LF) {
        // No string of JSON has it: what began here is no JSON, and must not take the next lines along.
        this.#isString = false;
        this.#mode = "between";
        return true;
      } else if (byte === BACKSLASH) {
        this.#isEscaped = true;
        this.#matched = -1;
        continue;
      }
      if (mayBeRecords) this.#matched = this.#matched >= 0 && byte === RECORDS[this.#matched] ? this.#matched + 1 : -1;
    }
    return false;
  }
}
