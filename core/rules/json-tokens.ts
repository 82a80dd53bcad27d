import { follow, type RestOfName } from "../json/field-names";
import { endOfString, textOfString } from "../json/members";

/** A name, a value that is no object or array, or the beginning of one. */
export interface JsonToken {
  kind: "name" | "string" | "number" | "word" | "object" | "array";
  /** As it is written; of an object or array its bracket. */
  written: string;
  /** Whether it is the value of a field that is looked for, or an element of it. */
  isField: boolean;
}

const NUMBER_OR_WORD = /[^\s,\]}]+/y;

/**
 * Writes a JSON text anew, token by token, in linear time and without recursion. Other than `JSON.parse`, it shows every value of a
 * name that occurs twice, and every digit of a number.
 *
 * @param json valid JSON: an object or an array
 * @param fields those that are looked for, by the parts of their names, as `sameName` writes them; arrays have no part in a name
 * @param rewrite returns what takes the token's place, for an object or array that of the whole of it; undefined: it stays
 */
export function rewrittenJson(
  json: string,
  fields: readonly RestOfName[],
  rewrite: (token: JsonToken) => string | undefined,
  sameName: (name: string) => string = (name) => name,
): string {
  const frames: Frame[] = [];
  let frame: Frame | undefined;
  /** Of the value that comes next. */
  let rests: readonly RestOfName[] | true = fields;
  let isName = false;
  let written = "";
  let copied = 0;
  for (let i = 0; i < json.length; i++) {
    const char = json[i]!;
    switch (char) {
      case "}":
      case "]":
        frames.pop();
        frame = frames.at(-1);
        continue;
      case ",":
        isName = frame!.isObject;
        rests = frame!.rests;
        continue;
      case ":":
      case " ":
      case "\t":
      case "\n":
      case "\r":
        continue;
    }
    const end = endOfToken(json, i);
    const kind: JsonToken["kind"] = isName ? "name" : kindOf(char);
    const token = json.slice(i, end);
    const replacement = rewrite({ kind, written: token, isField: !isName && rests === true });
    const isOpened = kind === "object" || kind === "array";
    const last = isOpened && replacement !== undefined ? endOfContainer(json, i) : end;
    if (replacement !== undefined) {
      written += json.slice(copied, i) + replacement;
      copied = last;
    }
    i = last - 1;
    if (isName) {
      isName = false;
      rests = frame!.rests === true ? true : followed(frame!.rests, token, sameName);
    } else if (isOpened && replacement === undefined) {
      frame = { isObject: kind === "object", rests };
      frames.push(frame);
      isName = frame.isObject;
    }
  }
  return copied === 0 ? json : written + json.slice(copied);
}

interface Frame {
  isObject: boolean;
  rests: readonly RestOfName[] | true;
}

const followed = (rests: readonly RestOfName[], name: string, sameName: (name: string) => string) =>
  rests.length === 0 ? rests : follow(rests, sameName(textOfString(name)));

function kindOf(char: string): JsonToken["kind"] {
  switch (char) {
    case '"':
      return "string";
    case "{":
      return "object";
    case "[":
      return "array";
    case "t":
    case "f":
    case "n":
      return "word";
    default:
      return "number";
  }
}

function endOfToken(json: string, start: number): number {
  const char = json[start];
  if (char === '"') return endOfString(json, start) + 1;
  if (char === "{" || char === "[") return start + 1;
  NUMBER_OR_WORD.lastIndex = start;
  return start + NUMBER_OR_WORD.exec(json)![0].length;
}

function endOfContainer(json: string, start: number): number {
  let depth = 0;
  for (let i = start; ; i++) {
    const char = json[i];
    if (char === '"') i = endOfString(json, i);
    else if (char === "{" || char === "[") depth++;
    else if ((char === "}" || char === "]") && --depth === 0) return i + 1;
  }
}
