import { endOfQuoted } from "./template";

/** A piece of an expression: text without brackets, or the items between two brackets. */
export type Node = string | Group;

export interface Group {
  readonly open: string;
  readonly items: Node[][];
}

export const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Prints nodes on one line. */
export function flatten(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      if (typeof node === "string") return node;
      const inner = node.items.map(flatten).join(", ");
      return node.open === "{" && inner !== "" ? `{ ${inner} }` : node.open + inner + CLOSING[node.open];
    })
    .join("");
}

/** Parses the brackets of an expression. Strings stay whole, and white space between words becomes one space. */
export function parse(source: string): Node[] {
  const top: Node[][] = [[]];
  const stack: Node[][][] = [top];
  let text = "";
  const push = (node?: Node) => {
    const item = stack.at(-1)!.at(-1)!;
    const spaced = text.replaceAll(/\s+/g, " ");
    item.push(item.length === 0 ? spaced.trimStart() : spaced, ...(node ? [node] : []));
    text = "";
  };
  for (let at = 0; at < source.length; at++) {
    const character = source[at]!;
    if (character === '"') {
      const end = endOfQuoted(source, at);
      push(source.slice(at, end + 1).replace(/^"([A-Za-z_]\w*)"$/, isKey(source, end) ? "$1" : "$&"));
      at = end;
    } else if (character in CLOSING) {
      const group: Group = { open: character, items: [[]] };
      push(group);
      stack.push(group.items);
    } else if (Object.values(CLOSING).includes(character)) {
      push();
      const items = stack.pop()!;
      trimEnds(items);
    } else if (character === "," && stack.length > 1 && !isLoopHead(stack.at(-1)!, text)) {
      push();
      stack.at(-1)!.push([]);
    } else {
      text += character;
    }
  }
  push();
  return top[0]!;
}

const isKey = (source: string, end: number): boolean => /^"\s*=[^=>]/.test(source.slice(end));

/** The comma of `for key, value in`. */
const isLoopHead = (items: Node[][], text: string): boolean => items.at(-1)!.length === 0 && /^\s*for \w+$/.test(text);

function trimEnds(items: Node[][]): void {
  items.forEach((item, index) => {
    const last = item.at(-1);
    const trimmed = typeof last === "string" ? [...item.slice(0, -1), last.trimEnd()] : item;
    items[index] = trimmed.filter((node) => node !== "");
  });
  // Empty brackets, or a trailing comma.
  if (items.at(-1)!.length === 0) items.pop();
}
