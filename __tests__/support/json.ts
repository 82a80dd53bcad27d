/** Parsed JSON that keeps what `JSON.parse` drops: every digit of a number, and each of several members with one key. */
export type Json = { number: string } | { string: string } | { items: Json[] } | { members: Member[] } | boolean | null;
export type Member = [key: string, value: Json];

const TOKEN =
  /[ \t\r\n]*(?:([{}[\],:]|true|false|null)|("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?))[ \t\r\n]*/y;

/** A plain parser. It takes valid JSON only; `JSON.parse` decides what that is. */
export function parseJson(text: string): Json {
  JSON.parse(text);
  let at = 0;
  let token: RegExpExecArray;
  const next = () => {
    TOKEN.lastIndex = at;
    token = TOKEN.exec(text)!;
    at = TOKEN.lastIndex;
    return token[0].trim();
  };
  const listOf = <T>(end: string, one: () => T): T[] => {
    const list: T[] = [];
    while (next() !== end) {
      if (token[1] === ",") next();
      list.push(one());
    }
    return list;
  };
  const member = (): Member => {
    const key = JSON.parse(token[2]!);
    next();
    next();
    return [key, value()];
  };
  const value = (): Json => {
    const [, symbol, string, number] = token;
    if (string) return { string: JSON.parse(string) };
    if (number) return { number };
    if (symbol === "{") return { members: listOf("}", member) };
    if (symbol === "[") return { items: listOf("]", value) };
    return JSON.parse(symbol!);
  };
  next();
  return value();
}

/** The same JSON as a text with sorted keys and no white space, so that two documents can be compared. */
export function canonical(json: Json): string {
  if (json === null || typeof json === "boolean") return String(json);
  if ("number" in json) return json.number;
  if ("string" in json) return JSON.stringify(json.string);
  if ("items" in json) return `[${json.items.map(canonical)}]`;
  const members = [...json.members].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${members.map(([key, value]) => `${JSON.stringify(key)}:${canonical(value)}`)}}`;
}
