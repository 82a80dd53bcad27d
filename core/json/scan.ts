import { endOfString, textOfString } from "./members";

/** Is told the tokens of a JSON text, each as often as it occurs. The first result that is not undefined ends the scan. */
export interface JsonVisitor<T> {
  /** An object or array begins. */
  open(): T | undefined;
  /** The one that began last ends. */
  close(): void;
  /** A value of an array: of its first one also where it has none. */
  item(): T | undefined;
  /** @param name without escapes */
  name(name: string): T | undefined;
  /** @param text a value, without escapes */
  text(text: string): T | undefined;
  /** @param token as it is written */
  number(token: string): T | undefined;
}

const NUMBER = /[-+.eE\d]+/y;

/**
 * Scans a JSON text in linear time and without recursion. Unlike `JSON.parse`, it shows every value of a name that occurs twice
 * in an object, as an engine's parser does.
 *
 * @param json valid JSON
 * @returns the result that ended the scan; undefined: none did
 */
export function scanJson<T>(json: string, visitor: JsonVisitor<T>): T | undefined {
  const areObjects: boolean[] = [];
  let isName = false;
  let result: T | undefined;
  for (let i = 0; i < json.length && result === undefined; i++) {
    const char = json[i]!;
    switch (char) {
      case '"': {
        const end = endOfString(json, i);
        const text = textOfString(json.slice(i, end + 1));
        result = isName ? visitor.name(text) : visitor.text(text);
        i = end;
        break;
      }
      case "{":
      case "[":
        isName = char === "{";
        areObjects.push(isName);
        result = visitor.open();
        if (!isName) result ??= visitor.item();
        break;
      case "}":
      case "]":
        areObjects.pop();
        visitor.close();
        break;
      case ",":
        isName = areObjects.at(-1)!;
        if (!isName) result = visitor.item();
        break;
      case ":":
        isName = false;
        break;
      default: {
        if (char !== "-" && (char < "0" || char > "9")) break;
        NUMBER.lastIndex = i;
        const token = NUMBER.exec(json)![0];
        result = visitor.number(token);
        i += token.length - 1;
      }
    }
  }
  return result;
}
