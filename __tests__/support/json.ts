/** Parsed JSON that keeps what `JSON.parse` drops: every digit of a number, and each of several members with one key. */
export type Json = { number: string } | { string: string } | { items: Json[] } | { members: Member[] } | boolean | null;
export type Member = [key: string, value: Json];

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** A plain parser. It takes valid JSON only; `JSON.parse` decides what that is. */
export function parseJson(text: string): Json {
  JSON.parse(text);
  let at = 0;
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    pattern.test(text);
    const start = at;
    at = pattern.lastIndex;
    return text.slice(start, at);
  };
  const string = (): string => {
    const token = take(STRING);
    return token.includes("\\") ? JSON.parse(token) : token.slice(1, -1);
  };
  const listOf = <T>(end: string, one: () => T): T[] => {
    const list: T[] = [];
    at++;
    take(SPACE);
    while (text[at] !== end) {
      if (text[at] === ",") at++;
      list.push(one());
      take(SPACE);
    }
    at++;
    return list;
  };
  const member = (): Member => {
    take(SPACE);
    const key = string();
    take(SPACE);
    at++;
    return [key, value()];
  };
  const literal = <T>(one: T): T => {
    at += String(one).length;
    return one;
  };
  const value = (): Json => {
    take(SPACE);
    switch (text[at]) {
      case "{":
        return { members: listOf("}", member) };
      case "[":
        return { items: listOf("]", value) };
      case '"':
        return { string: string() };
      case "t":
        return literal(true);
      case "f":
        return literal(false);
      case "n":
        return literal(null);
      default:
        return { number: take(NUMBER) };
    }
  };
  return value();
}

/** The same JSON as a text with sorted keys and no white space, so that two documents can be compared. */
export function canonical(json: Json): string {
  if (json === null || typeof json === "boolean") return String(json);
  if ("number" in json) return json.number;
  if ("string" in json) return JSON.stringify(json.string);
  if ("items" in json) return `[${json.items.map(canonical)}]`;
  return `{${byKey(json.members).map(([key, value]) => `${JSON.stringify(key)}:${canonical(value)}`)}}`;
}

/** Whether two values are the same JSON, in whatever order the keys of an object are. Members of one key keep their order. */
export function isSameJson(a: Json, b: Json): boolean {
  if (a === null || b === null || typeof a === "boolean" || typeof b === "boolean") return a === b;
  if ("number" in a) return "number" in b && a.number === b.number;
  if ("string" in a) return "string" in b && a.string === b.string;
  if ("items" in a)
    return (
      "items" in b && a.items.length === b.items.length && a.items.every((item, i) => isSameJson(item, b.items[i]!))
    );
  if (!("members" in b) || a.members.length !== b.members.length) return false;
  const [mine, others] = [byKey(a.members), byKey(b.members)];
  return mine.every(([key, value], i) => key === others[i]![0] && isSameJson(value, others[i]![1]));
}

const byKey = (members: readonly Member[]): Member[] => [...members].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
